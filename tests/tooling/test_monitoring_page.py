"""docs/monitoring.md, carried out on a shop in which one session keeps another waiting."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

import asyncpg
import pytest

from lumi_db import embedded
from lumi_db.config import child_environment, project_root

from .pages import list_sections, run_page
from .test_command_line import lumi_db

pytestmark = pytest.mark.long

PAGE = project_root() / "docs" / "monitoring.md"
LOCKS = "Who blocks whom?"
UPDATE = """UPDATE "Product" SET "updatedAt" = "updatedAt" """


def test_the_page_names_every_command_and_no_other() -> None:
    said = lumi_db("stats", "--help").stdout
    commands = set(re.findall(r"^│ (\w+) ", said, re.MULTILINE))
    assert {"tables", "locks"} <= commands
    assert set(re.findall(r"lumi-db stats (\w+)", PAGE.read_text(encoding="utf-8"))) == commands


async def test_the_commands_of_the_page_say_what_it_says(root: Path) -> None:
    server = embedded.start(root)
    assert lumi_db("demo", environment={"DATABASE_URL": server.url}).returncode == 0
    environment = child_environment(
        {
            "DATABASE_URL": server.url,
            "COLUMNS": "120",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
    )
    sections = set(list_sections(PAGE))
    run_page(PAGE, environment=environment, cwd=root, sections=sections - {LOCKS})
    holder, waiting = await asyncpg.connect(server.url), await asyncpg.connect(server.url)
    await holder.execute(f"BEGIN; {UPDATE}")
    task = asyncio.ensure_future(waiting.execute(UPDATE))
    try:
        ran = await asyncio.to_thread(run_page, PAGE, environment=environment, cwd=root, sections={LOCKS})
        assert len(ran) == 4
        assert (await task).startswith("UPDATE ")
    finally:
        task.cancel()
        holder.terminate()
        await waiting.close()
