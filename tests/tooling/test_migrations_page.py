"""docs/migrations.md names every command of `lumi-db migrate`, and no other."""

from __future__ import annotations

import re

from .test_command_line import ROOT, lumi_db

PAGE = (ROOT / "docs" / "migrations.md").read_text(encoding="utf-8")


def test_the_page_names_every_command_and_no_other() -> None:
    said = lumi_db("migrate", "--help").stdout
    commands = set(re.findall(r"^│ (\w+) ", said, re.MULTILINE))
    assert {"up", "down", "repair"} <= commands
    assert set(re.findall(r"lumi-db migrate (\w+)", PAGE)) == commands
