"""PostgreSQL servers that a test makes for itself, configures as it likes, and may kill."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from lumi_db.embedded.place import Place, find_place
from lumi_db.embedded.programs import programs_for, run

ROOT = Path(__file__).parent.parent.parent
USER = "lumi"
TRUST = "local all all trust\nhost all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n"
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@contextmanager
def own_folder() -> Iterator[Path]:
    """Give a folder with a short name that the user of the servers may write to; it is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lumi-", dir="/tmp"))
    give(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def give(path: Path) -> None:
    """Give a file or folder to the user that servers run as: neither PostgreSQL nor PgBouncer runs as root."""
    account = server_place().account
    if account is not None:
        os.chown(path, account.uid, account.gid)


def server_place() -> Place:
    return find_place(ROOT, name="operations")


def wheel_programs() -> Path:
    """Return the programs that the tests' own server runs with, where its user can read them."""
    return programs_for(server_place())


def debian_programs() -> Path | None:
    """Return the newest programs that Debian's packages installed: these know TLS."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server whose data and sockets are in `folder`; everybody is let in, unless `hba` says otherwise."""

    folder: Path
    programs: Path
    port: int

    @property
    def data(self) -> Path:
        return self.folder / f"data-{self.port}"

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, *, host: str = "127.0.0.1", database: str = "postgres", **parameters: str | int) -> str:
        query = f"?{urlencode(parameters)}" if parameters else ""
        return f"postgresql://{USER}@{host}:{self.port}/{database}{query}"

    @property
    def socket_url(self) -> str:
        """The address of its socket, in the spelling that all of Prisma's and Python's drivers read."""
        return f"postgresql://{USER}@{quote(str(self.folder), safe='')}:{self.port}/postgres"

    def initialize(self, *, settings: Mapping[str, str] = QUICK, hba: str = TRUST) -> None:
        """Make the data of a primary."""
        self.run("initdb", "-D", self.data, "-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.configure(settings, hba=hba)

    def follow(self, primary: Cluster) -> None:
        """Make the data of a standby that streams from `primary`."""
        source = f"host=127.0.0.1 port={primary.port} user={USER} application_name=standby"
        self.run("pg_basebackup", "-D", self.data, "-d", source, "--checkpoint=fast", "-R", "--no-sync")
        self.configure(QUICK, hba=TRUST)

    def configure(self, settings: Mapping[str, str], *, hba: str) -> None:
        """Write the server's two files of settings anew."""
        values = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder),
            "max_connections": "400",
            "timezone": "UTC",
            **settings,
        }
        text = "".join(f"{name} = '{value}'\n" for name, value in values.items())
        (self.data / "postgresql.conf").write_text(text)
        (self.data / "pg_hba.conf").write_text(hba)

    def start(self) -> None:
        self.run("pg_ctl", "start", "-w", "-s", "-D", self.data, "-l", self.folder / f"log-{self.port}")

    def reload(self) -> None:
        self.run("pg_ctl", "reload", "-s", "-D", self.data)

    def promote(self) -> None:
        """Make a primary of a standby."""
        self.run("pg_ctl", "promote", "-w", "-s", "-D", self.data)

    def stop(self) -> None:
        """End it as a crash would: at once, without a word to its clients."""
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", self.data)

    def run(self, program: str, *arguments: str | Path) -> None:
        done = run(server_place(), self.programs / program, *arguments)
        if done.code != 0:
            raise RuntimeError(f"{program} failed: {done.output}")


@contextmanager
def running_cluster(
    folder: Path, programs: Path, *, settings: Mapping[str, str] = QUICK, hba: str = TRUST
) -> Iterator[Cluster]:
    """Give a running primary; it is stopped afterwards."""
    cluster = Cluster(folder, programs, free_port())
    cluster.initialize(settings=settings, hba=hba)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@contextmanager
def running_standby(primary: Cluster) -> Iterator[Cluster]:
    """Give a running standby of `primary`; it is stopped afterwards."""
    standby = Cluster(primary.folder, primary.programs, free_port())
    standby.follow(primary)
    try:
        standby.start()
        yield standby
    finally:
        standby.stop()
