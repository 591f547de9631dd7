"""Pages run as they are written: a command that is wrong, or says something else, fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from lumi_db.config import child_environment

from .pages import list_sections, run_page

PAGE = """
# Page

## First

```console
$ name=world; mkdir folder; cd folder
$ echo "hello" \\
  "$name"
hello …ld
```

```console fails=3
$ pwd && exit 3
…/folder
```

## Second

```console
$ echo again >file
```

```sh
this is not run
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE)
    return path


def test_commands_run_in_order_as_in_one_terminal(page: Path, tmp_path: Path) -> None:
    ran = run_page(page, environment=child_environment(), cwd=tmp_path)
    assert [one.output for one in ran] == ["", "hello world\n", f"{tmp_path}/folder\n", ""]
    assert (tmp_path / "folder" / "file").read_text() == "again\n"


def test_one_section_can_be_run_alone(page: Path, tmp_path: Path) -> None:
    assert list_sections(page) == ("First", "Second")
    run_page(page, environment=child_environment(), cwd=tmp_path, sections={"Second"})
    assert (tmp_path / "file").exists()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("hello …ld", "hello moon", "did not say 'hello moon': page.md:8"),
        ("fails=3", "fails=4", "ended with 3, not 4: page.md:14"),
        ("## Second", "## Third", "has no section Second"),
    ],
)
def test_what_the_page_does_not_say_fails(
    page: Path, tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    page.write_text(PAGE.replace(right, wrong))
    with pytest.raises(AssertionError, match=said):
        run_page(page, environment=child_environment(), cwd=tmp_path, sections={"First", "Second"})
