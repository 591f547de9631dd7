"""An older server with newer programs, and with programs of its own version: Debian's PostgreSQL 15."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumi_db import embedded
from lumi_db.backups import (
    BackupError,
    FileProblem,
    RestoreRefused,
    check_backup,
    read_backup,
    restore_backup,
    take_backup,
)
from lumi_db.config import Settings, project_root
from lumi_db.embedded import clients, programs
from lumi_db.testing.databases import Databases

from .support import add_category, ask, contents_of

pytestmark = pytest.mark.long

SETTINGS = Settings()
DEBIAN = Path("/usr/lib/postgresql/15/bin")
if not (DEBIAN / "postgres").is_file():
    # .ci/run installs it, and there a skip is a failure
    pytest.skip("Debian's package postgresql-15 is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def old_server() -> Iterator[str]:
    """Give the URL of a database with all migrations on PostgreSQL 15."""
    root = Path(tempfile.mkdtemp(prefix="lumi-old-"))
    root.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(programs, "find_programs", lambda: DEBIAN)
        server = embedded.start(root, settings=embedded.FAST)
    made = Databases(server.url_of("postgres"), migrations=project_root() / "prisma" / "migrations")
    with made.migrated() as url:
        yield url
    made.close()
    embedded.delete(root)
    shutil.rmtree(root)


@pytest.fixture(params=["older", "newer"])
def which(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Leave only the server's own programs, or only the wheel's."""
    folders = [DEBIAN] if request.param == "older" else [*programs.wheel_folders()]
    monkeypatch.setattr(clients, "list_folders", lambda: folders)
    return str(request.param)


async def test_a_backup_of_an_older_server_is_verified_and_restored(
    old_server: str, which: str, tmp_path: Path
) -> None:
    await add_category(old_server, which)
    taken = await take_backup(old_server, file=tmp_path / "shop.dump", settings=SETTINGS)
    assert taken.manifest.server_major == 15
    assert taken.manifest.pg_dump_version.startswith("15" if which == "older" else "18")
    assert bool(taken.notes) is (which == "newer")
    database = f"restored_{which}"
    restored = await restore_backup(
        taken.file, read_backup(taken.file), url=old_server, database=database, settings=SETTINGS
    )
    assert restored.notes == ()
    assert await contents_of(old_server.rpartition("/")[0] + f"/{database}") == await contents_of(old_server)


async def test_what_a_newer_pg_dump_wrote_is_not_given_to_an_older_pg_restore(
    old_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(clients, "list_folders", lambda: [*programs.wheel_folders()])
        taken = await take_backup(old_server, file=tmp_path / "shop.dump", settings=SETTINGS, verify=False)
    await check_backup(taken.file, taken.manifest, url=old_server, settings=SETTINGS)
    with pytest.raises(FileProblem, match="was written by a newer pg_dump .* install the newest"):
        await restore_backup(taken.file, None, url=old_server, database="never", settings=SETTINGS)


async def test_a_newer_pg_restore_cannot_fill_an_older_servers_empty_database_and_says_so(
    old_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clients, "list_folders", lambda: [*programs.wheel_folders()])
    taken = await take_backup(old_server, file=tmp_path / "shop.dump", settings=SETTINGS, verify=False)
    await ask(old_server, "CREATE DATABASE empty_one")
    with pytest.raises(BackupError, match="install postgresql-client-15, or drop the empty database"):
        await restore_backup(
            taken.file, taken.manifest, url=old_server, database="empty_one", settings=SETTINGS
        )


async def test_a_backup_goes_to_a_newer_server_and_not_to_an_older_one(
    old_server: str, empty_database_url: str, database_url: str, tmp_path: Path
) -> None:
    await add_category(old_server, "moves")
    old = await take_backup(old_server, file=tmp_path / "old.dump", settings=SETTINGS, verify=False)
    target = empty_database_url.rpartition("/")[2]
    await restore_backup(old.file, old.manifest, url=empty_database_url, database=target, settings=SETTINGS)
    assert (await contents_of(empty_database_url)).tables == (await contents_of(old_server)).tables
    new = await take_backup(database_url, file=tmp_path / "new.dump", settings=SETTINGS, verify=False)
    with pytest.raises(
        RestoreRefused, match=r"was taken from PostgreSQL 18 and this server runs 15: restore it on"
    ):
        await restore_backup(new.file, new.manifest, url=old_server, database="never", settings=SETTINGS)
