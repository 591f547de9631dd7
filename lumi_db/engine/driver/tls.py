"""The certificate files of a URL, looked at before anything is sent: one sentence for each that cannot be used."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path

from ..errors import EngineError


def check_files(files: Mapping[str, str]) -> None:
    """Raise EngineError P1011 for a file that is missing or no certificate, or a key that does not open."""
    for name, path in files.items():
        if name != "sslpassword" and not Path(path).is_file():
            raise _unusable(f"The file that {name} of the database URL names cannot be read: {path}")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if "sslrootcert" in files:
        _load_authority(context, files["sslrootcert"])
    if "sslcert" in files:
        _load_key(context, files)


def _load_authority(context: ssl.SSLContext, path: str) -> None:
    try:
        context.load_verify_locations(cafile=path)
    except (ssl.SSLError, OSError):
        raise _unusable(
            f"sslrootcert of the database URL names a file without a certificate: {path}"
        ) from None


def _load_key(context: ssl.SSLContext, files: Mapping[str, str]) -> None:
    try:
        # Without a password OpenSSL would ask for it at the terminal.
        context.load_cert_chain(files["sslcert"], files["sslkey"], lambda: files.get("sslpassword", ""))
    except (ssl.SSLError, OSError):
        raise _unusable(
            "sslcert and sslkey of the database URL do not belong together, or sslpassword does not open the key: "
            f"{files['sslcert']}, {files['sslkey']}"
        ) from None


def _unusable(sentence: str) -> EngineError:
    return EngineError("P1011", f"{sentence}.", {"details": f"{sentence}."})
