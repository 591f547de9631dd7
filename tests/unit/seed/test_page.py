"""The page about seeding tells what the profiles make."""

from __future__ import annotations

from lumi_db.config import project_root
from seed.describe import fill


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    page = (project_root() / "docs" / "seeding.md").read_text(encoding="utf-8")
    assert fill(page) == page, "python -m seed tables writes them anew"
    assert "| orders |" in page
    assert "`order-total`" in page
