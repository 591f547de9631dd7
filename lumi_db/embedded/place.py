"""Where the server of one clone keeps its things, and as which user it runs.

PostgreSQL refuses to run as root. For root the server therefore runs as the owner of the clone, or as `nobody` where
that is root too. Where that user cannot enter the clone (a clone in /root), data and programs go below /var/lib.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from .errors import OWN_SERVER, NoPermissionError, folder_errors

FOLDER = ".lumi"
OUTSIDE = Path("/var/lib/lumi-db")


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the operating system that the server runs as."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Place:
    """The folders and files of one server.

    `account` is None where the server runs as whoever asks. `home` is below the clone, or below /var/lib/lumi-db
    where `account` cannot enter the clone. `socket_dir` is short: a socket's path holds about 100 bytes.
    """

    root: Path
    name: str
    account: Account | None
    home: Path
    socket_dir: Path

    @property
    def is_outside(self) -> bool:
        """Tell whether the data lies outside of the clone."""
        return not self.home.is_relative_to(self.root)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def folder(self) -> Path:
        """The folder in the clone, which holds locks and the log in any case."""
        return self.root / FOLDER / self.name

    @property
    def start_lock(self) -> Path:
        return self.folder / "start.lock"

    @property
    def server_lock(self) -> Path:
        return self.folder / "server.lock"


def find_place(root: Path, *, name: str) -> Place:
    """Return the place of the server `name` of the clone at `root`; touches nothing."""
    root = root.resolve()
    account = server_account(root) if os.geteuid() == 0 else None
    uid = account.uid if account else os.getuid()
    key = hashlib.sha256(f"{root}\0{name}".encode()).hexdigest()[:12]
    home = root / FOLDER / name
    if account and not can_enter(account, root):
        home = OUTSIDE / key
    return Place(root, name, account, home, Path(f"/tmp/lumi-{uid}-{key}"))  # noqa: S108  # checked by _make_socket_dir


def server_account(root: Path) -> Account:
    """Return the user that runs the server for root: the clone's owner, else `nobody`."""
    owner = root.stat().st_uid
    for entry in pwd.getpwall():
        if entry.pw_uid == owner and owner != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise NoPermissionError(
            "PostgreSQL does not run as root and this machine has no user `nobody` to run it as: "
            f"run the command as another user, or {OWN_SERVER}."
        ) from None
    return Account(nobody.pw_name, nobody.pw_uid, nobody.pw_gid)


def can_enter(account: Account, folder: Path) -> bool:
    """Tell by owners and modes whether `account` can enter `folder` and every folder above it."""
    return all(may(account, one.stat(), stat.S_IXUSR) for one in (folder, *folder.parents))


def may(account: Account, status: os.stat_result, right: int) -> bool:
    """Tell whether `account` has `right` (a bit of the user's triple, such as S_IXUSR) by owner, group or others."""
    if status.st_uid == account.uid:
        return bool(status.st_mode & right)
    if status.st_gid == account.gid:
        return bool(status.st_mode & right >> 3)
    return bool(status.st_mode & right >> 6)


def make_folders(place: Place) -> None:
    """Make the folders of `place`: others may pass through, only the server's user may look inside."""
    with folder_errors(place.home):
        place.folder.mkdir(parents=True, exist_ok=True)
        place.home.mkdir(parents=True, exist_ok=True)
        if place.account:
            for folder in _made_by_us(place):
                folder.chmod(0o755)
    _make_socket_dir(place)


def _made_by_us(place: Place) -> list[Path]:
    # root's umask may have shut them for everyone else
    if place.is_outside:
        return [OUTSIDE, place.home]
    return [place.root / FOLDER, place.home]


def _make_socket_dir(place: Place) -> None:
    folder, uid = place.socket_dir, place.account.uid if place.account else os.getuid()
    with folder_errors(folder):
        try:
            folder.mkdir(mode=0o700)
            give(place, folder)
        except FileExistsError:
            pass
        status = folder.lstat()
        # /tmp is everyone's: a folder that someone else put there must not be used
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != uid or status.st_mode & 0o077:
            raise NoPermissionError(f"{folder} belongs to someone else: remove it and run the command again.")


def give(place: Place, path: Path) -> None:
    """Give `path` to the user that runs the server."""
    if place.account:
        os.chown(path, place.account.uid, place.account.gid)
