"""What keeps the clone's server from running is said in one sentence, and nobody else gets into it."""

from __future__ import annotations

import errno
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lumi_db import embedded
from lumi_db.config import child_environment
from lumi_db.embedded import errors
from lumi_db.embedded.place import Account, can_enter, find_place, may
from lumi_db.embedded.programs import find_programs, has_library

IS_ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not IS_ROOT, reason="only root can act as another user")


def run_as_nobody(code: str) -> str:
    """Run Python code after giving up root's rights; imports come first, since `nobody` may not read them."""
    nobody = pwd.getpwnam("nobody")
    prelude = (
        "import asyncio, asyncpg, os, socket; from pathlib import Path; from lumi_db import embedded; "
        "import lumi_db.embedded.server, encodings.idna, pwd; "
        f"os.setgroups([]); os.setgid({nobody.pw_gid}); os.setuid({nobody.pw_uid})\n"
    )
    # `nobody` could not write what coverage measured
    environment = child_environment({"COVERAGE_PROCESS_CONFIG": None, "COVERAGE_PROCESS_START": None})
    command = [sys.executable, "-c", prelude + code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    return done.stdout + done.stderr


def test_a_file_in_the_way_of_the_folder_is_one_sentence(root: Path) -> None:
    (root / ".lumi").write_text("")
    with pytest.raises(
        embedded.NoPermissionError, match=r"Cannot write in .*\.lumi.*: make it a folder you may write"
    ):
        embedded.start(root)
    (root / ".lumi").unlink()


@as_root
def test_a_folder_without_permission_is_one_sentence(root: Path) -> None:
    code = f"""
try:
    embedded.start(Path({str(root)!r}))
except embedded.NoPermissionError as error:
    print("refused:", error)
"""
    said = run_as_nobody(code)
    assert said.startswith("refused: Cannot write in")
    assert said.count("\n") == 1


def test_a_full_disk_is_one_sentence(root: Path) -> None:
    log = root / ".lumi" / "postgres" / "server.log"
    log.parent.mkdir(parents=True)
    log.symlink_to("/dev/full")
    with pytest.raises(embedded.DiskFullError, match="disk that holds .* is full: free some space"):
        embedded.start(root, settings=embedded.FAST)


@pytest.mark.parametrize(
    ("output", "kind"),
    [
        ("initdb: error: could not write: No space left on device", embedded.DiskFullError),
        ("FATAL: could not extend file: Disk quota exceeded", embedded.DiskFullError),
        ("could not open file: Permission denied", embedded.NoPermissionError),
        ("FATAL: anything else", embedded.ServerStartError),
    ],
)
def test_what_a_program_of_postgresql_says_becomes_an_error(output: str, kind: type[Exception]) -> None:
    error = errors.from_output(output, folder=Path("/data"), doing="starting in")
    assert type(error) is kind
    assert "/data" in str(error)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_what_the_operating_system_says_becomes_one_sentence(code: int) -> None:
    error = errors.from_os_error(OSError(code, os.strerror(code)), folder=Path("/data"))
    assert isinstance(error, embedded.EmbeddedError)
    assert str(error).endswith(".")
    assert "\n" not in str(error)


def test_a_server_that_does_not_start_shows_the_end_of_its_log(root: Path) -> None:
    with pytest.raises(embedded.ServerStartError, match="it said: .*no_such_setting"):
        embedded.start(root, settings={**embedded.FAST, "no_such_setting": "on"})


@as_root
def test_a_clone_that_the_servers_user_may_not_enter_keeps_its_data_elsewhere(root: Path) -> None:
    root.chmod(0o700)
    server = embedded.start(root, settings=embedded.FAST)
    assert server.place.is_outside
    assert server.place.data.exists()
    embedded.delete(root)
    assert not server.place.home.exists()


@as_root
@pytest.mark.long
def test_programs_that_the_servers_user_may_not_read_are_copied(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lumi_db.embedded import programs

    package = programs.find_programs().parents[1]
    hidden = root / "hidden"
    for folder in package.parent.glob(f"{package.name}*"):
        shutil.copytree(folder, hidden / folder.name, symlinks=True)
    hidden.chmod(0o700)
    monkeypatch.setattr(programs, "find_programs", lambda: hidden / package.name / "pginstall" / "bin")
    server = embedded.start(root, settings=embedded.FAST)
    assert (server.place.home / "programs").is_dir()


@as_root
def test_a_socket_folder_of_somebody_else_is_not_used(root: Path) -> None:
    folder = find_place(root, name="postgres").socket_dir
    folder.mkdir(mode=0o755)
    with pytest.raises(embedded.NoPermissionError, match="belongs to someone else: remove it"):
        embedded.start(root)
    folder.rmdir()


@as_root
def test_another_user_is_not_let_in_even_where_the_socket_can_be_reached(root: Path) -> None:
    server = embedded.start(root, settings=embedded.FAST)
    code = f"""
async def main():
    await asyncpg.connect({server.url!r})
asyncio.run(main())
"""
    assert "InvalidAuthorizationSpecificationError" in run_as_nobody(code)


def test_the_socket_folder_is_closed_to_other_users(root: Path) -> None:
    server = embedded.start(root, settings=embedded.FAST)
    assert server.place.socket_dir.stat().st_mode & 0o077 == 0


def test_a_missing_wheel_and_no_programs_on_the_machine_are_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lumi_db.embedded import programs

    monkeypatch.setattr(programs, "wheel_folders", lambda: iter([tmp_path]))
    monkeypatch.setattr(programs, "_machine", list)
    with pytest.raises(
        embedded.ProgramsMissingError, match="install your system's PostgreSQL server, or set DATABASE_URL"
    ):
        programs.find_programs()


def test_the_rights_of_an_account_follow_owner_group_and_others(tmp_path: Path) -> None:
    status = tmp_path.stat()
    tmp_path.chmod(0o750)
    owner = Account("owner", status.st_uid, 99999)
    member = Account("member", 99999, status.st_gid)
    stranger = Account("stranger", 99998, 99998)
    status = tmp_path.stat()
    assert [may(one, status, 0o100) for one in (owner, member, stranger)] == [True, True, False]
    assert not can_enter(stranger, tmp_path)


def test_only_a_library_that_is_there_is_loaded(tmp_path: Path) -> None:
    assert has_library(find_programs(), "pg_stat_statements")
    assert not has_library(tmp_path / "bin", "pg_stat_statements")
