"""Start, find and stop the PostgreSQL server of a clone.

The server listens on a Unix socket only, in a folder of its own user: no port is taken, and nobody else comes in
(`peer` authentication besides). It inherits an open, locked file, so whether it lives is asked of the kernel and
not of a process id that may be stale.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil

from .errors import EmbeddedError, ServerStartError, folder_errors, from_output
from .lock import hold, is_held, open_lock, try_lock
from .place import Place, find_place, give, make_folders
from .programs import has_library, major_version, programs_for, run

USER = "lumi"
DATABASE = "lumi"
DEMO = "postgres"
WAIT = 60.0
_SOCKET = ".s.PGSQL.5432"
_SSL_REQUEST = bytes.fromhex("00000008 04d2162f")
_LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")

SAFE: Mapping[str, str] = {}
FAST: Mapping[str, str] = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "synchronous_commit": "off",
    "wal_level": "minimal",
}
"""Settings of a server whose data may be lost with the machine: for tests."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `pid` is its postmaster's."""

    place: Place
    pid: int

    @property
    def url(self) -> str:
        """The URL of the demo's database."""
        return self.url_of(DATABASE)

    def url_of(self, database: str) -> str:
        """Return the URL of another database of this server."""
        # this spelling of a socket's folder is read alike by asyncpg, libpq and node's pg
        return f"postgresql://{USER}@{quote(str(self.place.socket_dir), safe='')}/{database}"


def start(root: Path, *, name: str = DEMO, settings: Mapping[str, str] = SAFE, wait: float = WAIT) -> Server:
    """Start the server `name` of the clone at `root` and return it once it answers; a running one is returned as it is.

    Waits up to `wait` seconds for another run that is starting or stopping it. Raises EmbeddedError.
    """
    place = find_place(root, name=name)
    with hold(place.start_lock, seconds=wait, doing="starting or stopping PostgreSQL"):
        if running := _running(place):
            return running
        make_folders(place)
        _clear_leftovers(place)
        programs = programs_for(place)
        _initialize(place, programs, durable=settings is SAFE)
        _configure(place, {**_counting(programs), **settings} if settings is SAFE else settings)
        return _launch(place, programs)


def find(root: Path, *, name: str = DEMO) -> Server | None:
    """Return the running server of the clone, if there is one."""
    return _running(find_place(root, name=name))


def stop(root: Path, *, name: str = DEMO, wait: float = WAIT) -> bool:
    """Stop the server and tell whether one was running; its data stays. Open connections are ended."""
    place = find_place(root, name=name)
    if not place.folder.is_dir():
        return _stop(place)  # nobody can hold a lock that is not there
    with hold(place.start_lock, seconds=wait, doing="starting or stopping PostgreSQL"):
        return _stop(place)


def delete(root: Path, *, name: str = DEMO, wait: float = WAIT) -> None:
    """Stop the server and delete its data."""
    stop(root, name=name, wait=wait)
    place = find_place(root, name=name)
    with folder_errors(place.home):
        if place.is_outside:
            shutil.rmtree(place.home, ignore_errors=True)
        elif place.data.exists():
            shutil.rmtree(place.data)


def _stop(place: Place) -> bool:
    stopped = is_held(place.server_lock) or _serving(place) is not None
    _end_server(place)
    shutil.rmtree(place.socket_dir, ignore_errors=True)
    return stopped


def _running(place: Place) -> Server | None:
    """Return the server if it holds its lock, answers on its socket and has its data."""
    if not is_held(place.server_lock) or not _answers(place):
        return None
    pid = _postmaster(place)
    return Server(place, pid) if pid else None


def _answers(place: Place) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(place.socket_dir / _SOCKET))
            # the kernel accepts for a server that was just killed: only an answer is a sign of life
            probe.sendall(_SSL_REQUEST)
            return probe.recv(1) in (b"N", b"S")
        except OSError:
            return False


def _postmaster(place: Place) -> int | None:
    return _pid_in(place.data / "postmaster.pid", place)


def _pid_in(path: Path, place: Place) -> int | None:
    """Return the process id in a lock file of PostgreSQL if that process serves this place's data."""
    try:
        pid = int(path.read_text().split("\n", 1)[0])
        serves = str(place.data) in psutil.Process(pid).cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    return pid if serves else None


def _clear_leftovers(place: Place) -> None:
    """End a server that does not answer any more and remove a process id that is another program's by now."""
    _end_server(place)
    if is_held(place.server_lock):
        raise ServerStartError(
            f"The data in {place.data} is in use by a server that this process cannot see "
            "(in another container?): stop it there and run the command again."
        )
    # PostgreSQL would refuse to start if any process has the stale id
    with folder_errors(place.data):
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        for name in (_SOCKET, f"{_SOCKET}.lock"):
            (place.socket_dir / name).unlink(missing_ok=True)


def _end_server(place: Place) -> None:
    """Stop whatever serves this place, also after its folder was deleted under it: kindly, then by force."""
    for sign, seconds in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        pid = _serving(place)
        if pid is None:
            break
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        _wait_until(lambda: _serving(place) is None, seconds=seconds)
    # the children of a killed postmaster need a moment to notice
    _wait_until(lambda: not is_held(place.server_lock), seconds=5.0)


def _serving(place: Place) -> int | None:
    return _postmaster(place) or _pid_in(place.socket_dir / f"{_SOCKET}.lock", place)


def _wait_until(done: Callable[[], bool], *, seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not done() and time.monotonic() < limit:
        time.sleep(0.01)


def _initialize(place: Place, programs: Path, *, durable: bool) -> None:
    """Make the data folder in one step that is either whole or not there."""
    if (place.data / "PG_VERSION").exists():
        _check_version(place, programs)
        return
    new = place.home / "data.new"
    with folder_errors(place.home):
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        give(place, new)
        _run_initdb(place, programs, new, durable=durable)
        (new / "pg_hba.conf").write_text("local all all peer map=lumi\n")
        (new / "pg_ident.conf").write_text(_identities())
        if place.data.exists():
            shutil.rmtree(place.data)
        new.rename(place.data)


def _run_initdb(place: Place, programs: Path, folder: Path, *, durable: bool) -> None:
    options: list[str | Path] = ["-D", folder, "-U", USER, "-E", "UTF8", "-A", "peer"]
    if not durable:
        options.append("--no-sync")
    for locale in _LOCALES:
        done = run(place, programs / "initdb", *options, f"--locale={locale}")
        if "invalid locale" not in done.output:
            break
    if done.code == 0:
        single = (programs / "postgres", "--single", "-D", folder, "postgres")
        done = run(place, *single, stdin=f"CREATE DATABASE {DATABASE}\n")
    if done.code != 0:
        raise from_output(done.output, folder=place.home, doing="making its data in")


def _check_version(place: Place, programs: Path) -> None:
    made_by, now = (place.data / "PG_VERSION").read_text().strip(), str(major_version(programs))
    if made_by != now:
        raise EmbeddedError(
            f"The data in {place.data} was made by PostgreSQL {made_by} and the programs are of {now}: "
            "move or delete that folder and run the command again."
        )


def _identities() -> str:
    """Return pg_ident.conf: whoever made the server, and root, may log in as any role."""
    names = {pwd.getpwuid(os.getuid()).pw_name, "root"}
    # PostgreSQL 15 does not know `all` there, hence the role by name
    return "".join(f'lumi "{name}" {role}\n' for name in sorted(names) for role in (USER, "all"))


def _counting(programs: Path) -> Mapping[str, str]:
    """Return the settings by which `lumi-db stats statements` sees something, where the library for it is there.

    It costs a statement 0.3 µs, and starting nothing that could be measured.
    """
    # a server that is to load what is not there does not start
    if not has_library(programs, "pg_stat_statements"):
        return {}
    return {"shared_preload_libraries": "pg_stat_statements"}


def _configure(place: Place, settings: Mapping[str, str]) -> None:
    values = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.socket_dir),
        "timezone": "UTC",
        "log_timezone": "UTC",
        "cluster_name": f"lumi-{place.name}",
        **settings,
    }
    text = "".join(f"{key} = '{value}'\n" for key, value in values.items())
    with folder_errors(place.data):
        (place.data / "postgresql.conf").write_text(text)


def _launch(place: Place, programs: Path) -> Server:
    descriptor = open_lock(place.server_lock)
    try:
        try_lock(descriptor)
        command = (programs / "pg_ctl", "start", "-w", "-s", "-t", "50", "-D", place.data)
        done = run(place, *command, pass_fds=(descriptor,))
    finally:
        os.close(descriptor)
    with folder_errors(place.folder):
        place.log.write_text(done.output)
    server = _running(place) if done.code == 0 else None
    if server is None:
        raise from_output(done.output, folder=place.home, doing="starting in")
    return server
