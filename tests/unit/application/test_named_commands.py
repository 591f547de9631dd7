"""Every `lumi-db` command and option that a page names is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from lumi_db.cli import command_line
from lumi_db.config import project_root

ROOT = project_root()
PAGES = [*ROOT.glob("*.md"), *sorted(ROOT.glob("docs/**/*.md"))]
NAMED = re.compile(r"(?:^|[`$(&] ?)lumi-db ([^`\n#;|>)]*(?:\|[a-z]+)*[^`\n#;|>)]*)", re.MULTILINE)
WORD = re.compile(r"[a-z][a-z-]*(?:\|[a-z-]+)*")
# what stands behind is Prisma's own
NOT_OURS = {"prisma"}


def named_in(page: Path) -> list[str]:
    return [found.strip() for found in NAMED.findall(page.read_text(encoding="utf-8"))]


def find_faults(said: str) -> Iterator[str]:
    """Name what of a command line is no command or option of ours."""
    commands: list[Any] = [typer.main.get_command(command_line())]
    for word in said.split():
        if word in NOT_OURS:
            return
        if word.startswith("--"):
            name = word.partition("=")[0].rstrip(".,:")
            known = {
                option
                for command in commands
                for one in command.params
                for option in (*one.opts, *one.secondary_opts)
            }
            if name not in known | {"--help"}:
                yield f"`lumi-db {said}`: there is no {name}"
        elif WORD.fullmatch(word) and any(hasattr(command, "commands") for command in commands):
            below = [command.commands for command in commands if hasattr(command, "commands")]
            found = [group[name] for group in below for name in word.split("|") if name in group]
            if len(found) != len(word.split("|")) * len(below):
                yield f"`lumi-db {said}`: there is no {word}"
                return
            commands = found


@pytest.mark.parametrize("page", [page for page in PAGES if named_in(page)], ids=lambda page: page.name)
def test_the_commands_that_a_page_names_are_there(page: Path) -> None:
    assert [fault for said in named_in(page) for fault in find_faults(said)] == []


def test_a_command_that_is_not_there_is_found() -> None:
    assert list(find_faults("migrate sideways")) == ["`lumi-db migrate sideways`: there is no sideways"]
    assert list(find_faults("migrate up --fast")) == ["`lumi-db migrate up --fast`: there is no --fast"]
    assert list(find_faults("stats tables|locks --json")) == []
