"""docs/operations.md and docs/metrics.md, carried out on a migrated database."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from lumi_db.config import child_environment

from .pages import run_page
from .test_command_line import ROOT, lumi_db


@pytest.mark.long
def test_what_the_pages_say_to_type_works(empty_database_url: str, tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = child_environment({"DATABASE_URL": empty_database_url, "PATH": path, "COLUMNS": "200"})
    assert lumi_db("migrate", "up", environment={"DATABASE_URL": empty_database_url}).returncode == 0
    for page, commands in (("operations.md", 4), ("metrics.md", 1)):
        assert len(run_page(ROOT / "docs" / page, environment=environment, cwd=tmp_path)) == commands
