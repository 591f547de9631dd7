"""Writes, each on the same rows, asked of both clients: their answers and all tables afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from .dialect import Call
from .judge import Judge
from .writes import (
    creates,
    deletes,
    known_differences,
    many_and_return,
    nested_many_to_many,
    nested_many_to_many_of_one_model,
    nested_one_to_many,
    nested_one_to_many_continued,
    nested_one_to_many_elsewhere,
    nested_to_one,
    nested_to_one_elsewhere,
    returned,
    updates,
    upserts,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

SEED = (Path(__file__).parent / "seeds" / "blog_writes.sql").read_text(encoding="utf-8")
PAGE = Path(__file__).parents[2] / "docs" / "compatibility.md"
SUBJECTS = (
    creates,
    deletes,
    many_and_return,
    nested_many_to_many,
    nested_many_to_many_of_one_model,
    nested_one_to_many,
    nested_one_to_many_continued,
    nested_one_to_many_elsewhere,
    nested_to_one,
    nested_to_one_elsewhere,
    returned,
    updates,
    upserts,
)
CASES = {name: calls for subject in SUBJECTS for name, calls in subject.CASES.items()}


@pytest.mark.parametrize("calls", CASES.values(), ids=CASES)
async def test_both_clients_write_the_same(blog_judge: Judge, calls: Sequence[Call]) -> None:
    await blog_judge.reset(SEED)
    await blog_judge.compare(calls)


@pytest.mark.parametrize(
    ("reason", "calls"), known_differences.CASES.values(), ids=known_differences.CASES.keys()
)
async def test_the_clients_differ_as_the_page_on_compatibility_says(
    blog_judge: Judge, reason: str, calls: Sequence[Call]
) -> None:
    assert reason in PAGE.read_text(encoding="utf-8")
    await blog_judge.reset(SEED)
    found = await blog_judge.differences(calls)
    assert found, "They do not differ any more: take the row out, and move the case."
