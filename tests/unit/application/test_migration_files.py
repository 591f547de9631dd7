"""The files of migrations, and the name of a new one: what cannot be read or named is one sentence."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lumi_db.errors import MigrationRefused, SetupError
from lumi_db.migrations import files, read_migrations
from lumi_db.migrations.draft import name_migration

NOBODY = 65534
NOW = datetime(2026, 11, 25, 9, 30, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"SELECT '\xe9';", "it is not UTF-8"),
        (b"\xef\xbb\xbfSELECT 1;", "it begins with a byte order mark"),
        (b"SELECT 1;\0SELECT 2;", "it has a NUL byte"),
    ],
)
@pytest.mark.parametrize("name", ["migration.sql", "down.sql"])
def test_a_file_that_postgresql_could_not_take_is_named(
    tmp_path: Path, content: bytes, said: str, name: str
) -> None:
    folder = tmp_path / "20260101000000_note"
    folder.mkdir()
    (folder / "migration.sql").write_bytes(b"SELECT 1;")
    (folder / name).write_bytes(content)
    with pytest.raises(SetupError, match=rf"{name} cannot be read \({said}\): make it"):
        read_migrations(tmp_path)


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """Give a folder of one migration that this process may not enter; root becomes nobody meanwhile."""
    parent = Path(tempfile.mkdtemp())  # everyone may enter where pytest's own are root's alone
    folder = parent / "20260101000000_note"
    folder.mkdir()
    (folder / "migration.sql").write_text("SELECT 1", encoding="utf-8")
    parent.chmod(0o755)
    folder.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield folder
    os.seteuid(user)
    folder.chmod(0o755)
    shutil.rmtree(parent)


def test_a_folder_that_may_not_be_entered_is_one_sentence(closed_folder: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read.*readable"):
        read_migrations(closed_folder.parent)


def test_a_missing_folder_is_looked_for_in_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "CHECKOUT", tmp_path / "prisma" / "migrations")
    with pytest.raises(SetupError, match=r"no migrations in .*prisma/migrations: bring the folder back"):
        read_migrations()


@pytest.mark.parametrize("stray", ["zzz_bad", "99999999999999_late", "20261340000000_month"])
def test_beside_a_folder_that_is_named_otherwise_no_migration_is_made(stray: str) -> None:
    with pytest.raises(MigrationRefused, match=f"{stray} comes after every time.*rename it"):
        name_migration("gift_cards", now=NOW, existing=["20260101000000_note", stray])


def test_a_new_name_comes_after_the_last_one_even_where_that_is_of_tomorrow() -> None:
    assert name_migration("b", now=NOW, existing=[]) == "20261125093000_b"
    assert name_migration("b", now=NOW, existing=["20261231235959_a"]) == "20270101000000_b"


def test_a_name_that_is_too_long_says_how_long_it_may_be() -> None:
    with pytest.raises(MigrationRefused, match="at most 85 characters"):
        name_migration("a" * 86, now=NOW, existing=[])
