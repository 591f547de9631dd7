"""Reads on one set of rows, asked of both clients."""

from __future__ import annotations

from pathlib import Path

import pytest
import pytest_asyncio

from .dialect import Call
from .judge import Judge
from .reads import (
    aggregates,
    counts,
    cursors,
    filters,
    filters_of_every_type,
    groups,
    includes,
    json_filters,
    known_differences,
    orders,
    pages,
    relation_filters,
    search,
    selects,
    single_rows,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

SEED = Path(__file__).parent / "seeds" / "blog_reads.sql"
PAGE = Path(__file__).parents[2] / "docs" / "compatibility.md"
SUBJECTS = (
    aggregates,
    counts,
    cursors,
    filters,
    filters_of_every_type,
    groups,
    includes,
    json_filters,
    orders,
    pages,
    relation_filters,
    search,
    selects,
    single_rows,
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def judge(blog_judge: Judge) -> Judge:
    await blog_judge.reset(SEED.read_text(encoding="utf-8"))
    return blog_judge


@pytest.mark.parametrize("call", [call for subject in SUBJECTS for call in subject.CASES], ids=str)
async def test_both_clients_read_the_same(judge: Judge, call: Call) -> None:
    await judge.compare([call])


@pytest.mark.parametrize(("reason", "call"), known_differences.CASES, ids=str)
async def test_the_clients_differ_as_the_page_on_compatibility_says(
    judge: Judge, reason: str, call: Call
) -> None:
    assert reason in PAGE.read_text(encoding="utf-8")
    found = await judge.differences([call])
    assert found, "They do not differ any more: take the row out, and move the case."
