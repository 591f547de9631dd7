"""A backup has its name only when it is whole, and takes nobody else's."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from lumi_db.backups.errors import FileProblem
from lumi_db.backups.files import (
    default_file,
    manifest_of,
    partial_file,
    partial_of,
    publish,
    remove_leftovers,
)
from lumi_db.backups.manifest import read_manifest

AT = datetime(2026, 11, 25, 5, 2, 9, tzinfo=UTC)


def test_a_published_backup_is_whole_private_and_has_its_manifest(tmp_path: Path) -> None:
    file = tmp_path / "new" / "shop.dump"
    with partial_file(file) as opened:
        opened.write(b"dump")
        opened.flush()
        assert not file.exists()
        publish(file, "{}", name=file)
    assert (file.read_bytes(), manifest_of(file).read_text()) == (b"dump", "{}")
    assert [path.stat().st_mode & 0o777 for path in (file, manifest_of(file))] == [0o600, 0o600]
    assert sorted(path.name for path in file.parent.iterdir()) == ["shop.dump", "shop.dump.json"]


def test_what_is_not_published_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), partial_file(tmp_path / "shop.dump"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "shop.dump"
    file.write_text("mine")
    with pytest.raises(FileProblem, match="exists, and no backup is ever overwritten"), partial_file(file):
        pass
    with pytest.raises(FileProblem, match="is a folder: name a file in it"), partial_file(tmp_path):
        pass
    assert file.read_text() == "mine"


def test_a_file_made_meanwhile_is_not_overwritten_either(tmp_path: Path) -> None:
    file = tmp_path / "shop.dump"
    with partial_file(file):
        file.write_text("mine")
        with pytest.raises(FileProblem, match="was made meanwhile"):
            publish(file, "{}", name=file)
    assert file.read_text() == "mine"


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    file = tmp_path / "shop.dump"
    with (
        partial_file(file) as first,
        pytest.raises(FileProblem, match="Another run is writing"),
        partial_file(file),
    ):
        pass
    assert first.closed


def test_what_a_killed_run_left_goes_and_what_a_running_one_writes_stays(tmp_path: Path) -> None:
    left, running = tmp_path / "a.dump", tmp_path / "b.dump"
    partial_of(left).write_text("left")
    with partial_file(left):
        pass
    assert list(tmp_path.iterdir()) == []
    partial_of(left).write_text("left")
    with partial_file(running):
        remove_leftovers(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["b.dump.partial"]


def test_a_file_in_the_way_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("")
    with (
        pytest.raises(FileProblem, match=r"Cannot use .*folder.* name a file that you may read and write"),
        partial_file(tmp_path / "folder" / "shop.dump"),
    ):
        pass


def test_default_names_are_plain_and_differ_within_a_second(tmp_path: Path) -> None:
    first = default_file("a/b c", AT, folder=tmp_path)
    assert first.name == "a_b_c-20261125T050209Z.dump"
    first.write_text("")
    assert default_file("a/b c", AT, folder=tmp_path).name == "a_b_c-20261125T050209Z-2.dump"


@pytest.mark.parametrize("name", [".", "/", ".."])
def test_a_folder_has_no_manifest_and_is_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileProblem, match="is a folder: name the .dump file in it"):
        read_manifest(Path(name))
