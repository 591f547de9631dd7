"""A database becomes a file and comes back the same; what is wrong with either is one sentence."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import subprocess
from pathlib import Path

import asyncpg
import pytest

from lumi_db.backups import (
    BackupError,
    FileProblem,
    NotTheSame,
    RestoreRefused,
    Target,
    check_backup,
    find_target,
    read_backup,
    restore_backup,
    take_backup,
)
from lumi_db.backups.files import manifest_of
from lumi_db.config import Settings, child_environment
from lumi_db.errors import ForeignDatabase
from lumi_db.maintenance import url_of
from lumi_db.testing.databases import Databases
from tests.tooling.test_command_line import LUMI_DB, lumi_db

from .support import add_category, ask, contents_of, drop, list_databases, name_of, names_in

SETTINGS = Settings()


@pytest.fixture(scope="module")
def dump(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a backup of a shop with one category, which was not verified."""
    file = tmp_path_factory.mktemp("backups") / "shop.dump"
    with databases.migrated() as url:

        async def take() -> None:
            await add_category(url, "boots")
            await take_backup(url, file=file, settings=SETTINGS, verify=False)

        asyncio.run(take())
    return file


def copy(dump: Path, folder: Path) -> Path:
    for path in (dump, manifest_of(dump)):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder / dump.name


async def test_a_backup_is_verified_and_restored_into_an_empty_database(
    database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    await add_category(database_url, "boots")
    taken = await take_backup(database_url, file=tmp_path / "shop.dump", settings=SETTINGS)
    assert taken.manifest.verified_at is not None
    assert taken.manifest.contents.tables['public."Category"'].rows == 1
    manifest = read_backup(taken.file)
    assert manifest == taken.manifest
    target = name_of(empty_database_url)
    await restore_backup(taken.file, manifest, url=empty_database_url, database=target, settings=SETTINGS)
    assert await contents_of(empty_database_url) == await contents_of(database_url)


def test_the_commands_say_what_they_did(database_url: str, tmp_path: Path) -> None:
    environment: dict[str, str | None] = {"DATABASE_URL": database_url}
    file = str(tmp_path / "shop.dump")
    done = lumi_db("backup", file, "--no-verify", "--json", environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert (said["file"], said["verified"], said["rows"]) == (file, False, 0)
    checked = lumi_db("restore", file, "--check", environment=environment)
    assert checked.returncode == 0, checked.stderr
    assert "verified        yes" in checked.stdout
    assert "✓ Check" in checked.stderr


async def test_a_database_without_the_shop_is_not_backed_up(empty_database_url: str, tmp_path: Path) -> None:
    await ask(empty_database_url, "CREATE TABLE invoices (id int)")
    with pytest.raises(ForeignDatabase, match="holds none of the shop's tables: let DATABASE_URL name"):
        await take_backup(empty_database_url, file=tmp_path / "a.dump", settings=SETTINGS)
    assert names_in(tmp_path) == []


async def test_a_user_who_may_not_make_databases_is_told_before_anything_is_dumped(
    database_url: str, tmp_path: Path
) -> None:
    role = f"poor_{name_of(database_url)}"
    await ask(database_url, f'CREATE ROLE "{role}"')
    try:
        url = f"{database_url}?options=-c%20role%3D{role}"
        with pytest.raises(RestoreRefused, match="may not create one: grant it .* or add --no-verify"):
            await take_backup(url, file=tmp_path / "a.dump", settings=SETTINGS)
        with pytest.raises(BackupError, match="lacks|refuses"):
            await take_backup(url, file=tmp_path / "a.dump", settings=SETTINGS, verify=False)
    finally:
        await ask(database_url, f'DROP ROLE "{role}"')
    assert names_in(tmp_path) == []


async def test_what_is_there_is_left_alone_without_replace(dump: Path, database_url: str) -> None:
    await add_category(database_url, "shoes")
    before, target = await contents_of(database_url), name_of(database_url)
    assert await find_target(database_url, database=target, settings=SETTINGS) is Target.FULL
    with pytest.raises(
        RestoreRefused, match="holds something: add --replace .* or restore beside it with --to"
    ):
        await restore_backup(dump, read_backup(dump), url=database_url, database=target, settings=SETTINGS)
    assert await contents_of(database_url) == before


@pytest.mark.parametrize(
    ("lumi_env", "said"),
    [
        ("production", "LUMI_ENV is production, where replacing"),
        ("test", "--replace asks first, and there is no terminal"),
    ],
)
def test_replacing_must_be_meant(dump: Path, database_url: str, lumi_env: str, said: str) -> None:
    environment: dict[str, str | None] = {"DATABASE_URL": database_url, "LUMI_ENV": lumi_env}
    done = lumi_db("restore", str(dump), "--replace", environment=environment)
    assert done.returncode == 1
    assert said in done.stderr
    assert "add --yes if that is meant" in done.stderr


async def test_a_damaged_file_is_refused_before_anything_is_restored(dump: Path, tmp_path: Path) -> None:
    file = copy(dump, tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[:-100])
    with pytest.raises(FileProblem, match="it was cut or belongs to another manifest"):
        read_backup(file)
    file.write_bytes(bytes([*whole[:5000], whole[5000] ^ 1, *whole[5001:]]))
    with pytest.raises(FileProblem, match="SHA-256 differs"):
        read_backup(file)


def test_what_is_no_backup_is_one_sentence(dump: Path, tmp_path: Path) -> None:
    file = copy(dump, tmp_path)
    manifest = manifest_of(file)
    for text in ("", "{", "[]", '{"format": 1}', manifest.read_text().replace('"sha256"', '"sum"')):
        manifest.write_text(text)
        with pytest.raises(FileProblem, match="is no manifest that this version can read"):
            read_backup(file)
    manifest.write_text(
        manifest_of(dump)
        .read_text()
        .replace('"format":1', '"format":2')
        .replace('"format": 1', '"format": 2')
    )
    with pytest.raises(FileProblem, match="has format 2"):
        read_backup(file)
    manifest.unlink()
    with pytest.raises(FileProblem, match="has no manifest .* or add --without-manifest"):
        read_backup(file)
    with pytest.raises(FileProblem, match="is a folder"):
        read_backup(tmp_path)
    with pytest.raises(FileProblem, match="There is no file"):
        read_backup(tmp_path / "other.dump")


async def test_a_file_that_is_no_dump_is_refused_also_without_a_manifest(
    empty_database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "shop.dump"
    file.write_text("SELECT 1;")
    with pytest.raises(FileProblem, match="is no whole backup .* name a file that `lumi-db backup` wrote"):
        await restore_backup(
            file,
            read_backup(file, with_manifest=False),
            url=empty_database_url,
            database=name_of(empty_database_url),
            settings=SETTINGS,
        )


async def test_a_backup_that_does_not_hold_what_it_should_is_found_out(dump: Path, database_url: str) -> None:
    manifest = read_backup(dump)
    assert manifest
    manifest.contents.sequences["public.none"] = 1  # type: ignore[index]  # it is a dict, and ours to break
    with pytest.raises(NotTheSame, match=r"is not what was backed up: sequence public\.none is at None"):
        await check_backup(dump, manifest, url=database_url, settings=SETTINGS)


async def test_a_wrong_password_is_not_shown(dump: Path, database_url: str) -> None:
    # the wheel's server asks nobody for a password, so a user that it does not know stands for a wrong one
    url = database_url.replace("lumi@", "stranger:hunter2@", 1)
    done = lumi_db("backup", "--no-verify", environment={"DATABASE_URL": url})
    assert done.returncode == 1
    assert "hunter2" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


async def test_who_reads_the_list_of_processes_sees_no_password(database_url: str, tmp_path: Path) -> None:
    """pg_dump is held up by a lock, and its arguments and the server's view of it are read meanwhile."""
    import psutil

    blocker = await asyncpg.connect(database_url)
    url = database_url.replace("@", ":hunter2@", 1)
    try:
        await blocker.execute('BEGIN; LOCK TABLE "Category" IN ACCESS EXCLUSIVE MODE')
        taking = asyncio.create_task(
            take_backup(url, file=tmp_path / "a.dump", settings=SETTINGS, verify=False)
        )
        seen: list[str] = []
        while not seen:
            await asyncio.sleep(0.02)
            children = psutil.Process().children(recursive=True)
            seen = [" ".join(one.cmdline()) for one in children if "pg_dump" in one.name()]
    finally:
        await blocker.close()
    await taking
    assert "--snapshot" in seen[0]
    assert "hunter2" not in seen[0]


@pytest.mark.parametrize(("typed", "code"), [("{name}", 0), ("yes", 1)])
async def test_a_person_types_the_name_of_the_database_that_is_replaced(
    dump: Path, database_url: str, typed: str, code: int
) -> None:
    name = name_of(database_url)
    await add_category(database_url, "shoes")
    terminal, theirs = pty.openpty()
    program = subprocess.Popen(
        [LUMI_DB, "restore", dump, "--replace"], env=child_environment({"DATABASE_URL": database_url}),
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.write(terminal, typed.format(name=name).encode() + b"\n")
    _, said = await asyncio.to_thread(program.communicate)
    os.close(terminal)
    os.close(theirs)
    assert program.returncode == code, said
    assert f"Type {name} to replace that database" in said
    assert ("That is not its name: nothing was changed" in said) is (code == 1)
    kept = await list_databases(database_url, f"{name}_before_")
    assert len(kept) == (code == 0)
    await drop(url_of(database_url, "postgres"), *kept)


def test_help_says_what_to_try_first() -> None:
    backup, restore = lumi_db("backup", "--help").stdout, lumi_db("restore", "--help").stdout
    assert "prove by restoring it that it can be used" in " ".join(backup.split())
    assert "lumi-db restore FILE --check" in restore
    assert "--without-manifest" in restore
