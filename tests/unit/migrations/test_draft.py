"""A folder for a new migration that cannot be made is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from lumi_db.errors import MigrationRefused
from lumi_db.migrations.draft import write_migration


def test_a_parent_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "migrations").write_text("")
    with pytest.raises(
        MigrationRefused, match="cannot be written .*: make its parent a folder you may write"
    ):
        write_migration(tmp_path / "migrations" / "20260101000000_a", script="", undo="")


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "20260101000000_a"
    write_migration(folder, script="SELECT 1;", undo="SELECT 2;")
    with pytest.raises(MigrationRefused, match="cannot be written"):
        write_migration(folder, script="SELECT 3;", undo="")
    assert (folder / "migration.sql").read_text() == "SELECT 1;"
    assert (folder / "down.sql").read_text() == "SELECT 2;"
