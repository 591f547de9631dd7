"""docs/migrations.md names every command of `lumi-db migrate`, and what it says to type works."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

import asyncpg
import pytest

from lumi_db.config import child_environment

from .pages import list_sections, run_page
from .test_command_line import ROOT, lumi_db

PAGE = ROOT / "docs" / "migrations.md"
RECOVER = "Recover"
GIFT_CARD = """
model GiftCard {
  id        String   @id @default(cuid())
  createdAt DateTime @default(now()) @db.Timestamptz(3)
  updatedAt DateTime @default(now()) @updatedAt @db.Timestamptz(3)
}
"""
# what somebody types into the two files
EDITOR = """#!/bin/sh
echo 'DROP TABLE "Withdrawn";' >>"$1"
echo 'CREATE TABLE "Withdrawn" (id bigint);' >>"$2"
"""
FAILED = """
    DROP TABLE "Withdrawn";
    WITH last AS (DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_withdraw_gift_cards' RETURNING *)
    INSERT INTO _prisma_migrations (id, checksum, migration_name, logs)
    SELECT id, checksum, migration_name, 'it broke' FROM last
"""


def test_the_page_names_every_command_and_no_other() -> None:
    said = lumi_db("migrate", "--help").stdout
    commands = set(re.findall(r"^│ (\w+) ", said, re.MULTILINE))
    assert {"up", "down", "repair"} <= commands
    named = set(re.findall(r"lumi-db migrate (\w+)", PAGE.read_text(encoding="utf-8")))
    assert named == commands


@pytest.mark.long
def test_what_the_page_says_to_type_works(clone: Path, empty_database_url: str) -> None:
    with (clone / "schema.prisma").open("a", encoding="utf-8") as schema:
        schema.write(GIFT_CARD)
    editor = clone / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    environment = child_environment(
        {
            "DATABASE_URL": empty_database_url,
            "BACKUPS": str(clone),
            "EDITOR": str(editor),
            "PYTHONPATH": str(clone),
            "COLUMNS": "200",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
    )
    sections = set(list_sections(PAGE))
    run_page(PAGE, environment=environment, cwd=clone, sections=sections - {RECOVER})
    asyncio.run(fail_the_last(empty_database_url))
    run_page(PAGE, environment=environment, cwd=clone, sections={RECOVER})


async def fail_the_last(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(FAILED)
    await connection.close()
