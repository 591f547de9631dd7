"""Certificates for TLS in tests, made by the program openssl."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OPENSSL = shutil.which("openssl")
PASSWORD = "hunter2"


@dataclass(frozen=True, slots=True)
class Certificates:
    """An authority, a server's certificate for `localhost`, one for the user lumi, and an authority of nobody."""

    folder: Path

    @property
    def authority(self) -> Path:
        return self.folder / "authority.crt"

    @property
    def stranger(self) -> Path:
        return self.folder / "stranger.crt"

    @property
    def client(self) -> Path:
        return self.folder / "client.crt"

    @property
    def client_key(self) -> Path:
        return self.folder / "client.key"

    @property
    def encrypted_key(self) -> Path:
        """The client's key, which `PASSWORD` opens."""
        return self.folder / "encrypted.key"

    def make(self) -> None:
        for name in ("authority", "stranger"):
            self._openssl("req", "-x509", *_new(name), "-subj", f"/CN={name}", "-days", "2")
        self._sign("server", subject="localhost", extra="subjectAltName=DNS:localhost")
        self._sign("client", subject="lumi", extra="extendedKeyUsage=clientAuth")
        protected = ("-aes256", "-passout", f"pass:{PASSWORD}")
        self._openssl("rsa", "-in", "client.key", "-out", "encrypted.key", *protected)
        for key in self.folder.glob("*.key"):
            key.chmod(0o600)

    def _sign(self, name: str, *, subject: str, extra: str) -> None:
        self._openssl("req", *_new(name), "-subj", f"/CN={subject}", "-out", f"{name}.csr")
        (self.folder / f"{name}.ext").write_text(extra + "\n")
        by = ("-CA", "authority.crt", "-CAkey", "authority.key", "-CAcreateserial", "-days", "2")
        self._openssl(
            "x509", "-req", "-in", f"{name}.csr", *by, "-extfile", f"{name}.ext", "-out", f"{name}.crt"
        )

    def _openssl(self, *arguments: str) -> None:
        assert OPENSSL is not None
        subprocess.run([OPENSSL, *arguments], cwd=self.folder, check=True, capture_output=True)


def _new(name: str) -> tuple[str, ...]:
    out = ("-out", f"{name}.crt") if name in ("authority", "stranger") else ()
    return ("-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", *out)
