"""Values that would be SQL if they ever became part of it: stored, compared and found exactly."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prisma.fields import Json

HOSTILE = [
    "'; DROP TABLE users; --",
    '" OR 1=1 --',
    "$1",
    "$$",
    "%s %(x)s :x ?",
    "\\",
    "\\'",
    "E'\\x00'",
    "%",
    "_",
    "100%_\\",
    "/* */ --\n",
    "{}",
    '{"a","b"}',
    "NULL",
    "null",
    "",
    " ",
    "\u202e\u0000".replace("\0", ""),
    "ı I İ i ŞIK şık",
    "😀" * 3,
    "x" * 100_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_text_is_stored_and_found_exactly(db: Any, text: str) -> None:
    made = await db.sample.create({"text": text, "words": [text, "a"], "data": Json({text: text})})
    assert (made.text, made.words, made.data) == (text, [text, "a"], {text: text})
    for where in (
        {"text": text},
        {"text": {"in": [text]}},
        {"text": {"contains": text}},
        {"text": {"startswith": text}},
        {"text": {"endswith": text}},
        {"text": {"equals": text, "mode": "insensitive"}},
        {"text": {"contains": text, "mode": "insensitive"}},
        {"words": {"has": text}},
        {"words": {"equals": [text, "a"]}},
        {"data": {"equals": Json({text: text})}},
    ):
        assert await db.sample.count(where=where) == 1, where
    assert await db.sample.count(where={"text": {"not": text}}) == 0
    assert await db.query_first('SELECT text FROM "all types" WHERE text = $1', text) == {"text": text}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_name_is_refused(rows: Any, sent: list[Any], blog: ModuleType, text: str) -> None:
    for arguments in (
        {"where": {text: 1}},
        {"order": {text: "asc"}},
        {"order": {"name": text}},
        {"include": {text: True}},
        {"include": {"posts": {"order_by": {text: "asc"}}}},
        {"distinct": [text]},
        {"cursor": {text: 1}},
        {"where": {"name": {text: "x"}}},
        {"where": {"name": {"equals": "x", "mode": text}}},
    ):
        with pytest.raises(blog.errors.DataError):
            await rows.user.find_many(**arguments)
    for name in ("sum", "avg", "min", "max", "count"):
        with pytest.raises(blog.errors.DataError):
            await rows.user.group_by(["mood"], **{name: {text: True}})
    assert sent == []


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
async def test_no_text_at_all_reaches_the_sql(reader: Any, text: str) -> None:
    where = {
        "name": {"contains": text, "not": text},
        "OR": [{"email": {"in": [text]}}, {"moods": {"is_empty": True}}],
    }
    sql, parameters = await reader.write(lambda db: db.user.find_many(where=where, take=3))
    assert sql == (await reader.write(lambda db: db.user.find_many(where=_with(where, "-"), take=3)))[0]
    assert [text, [text], 3] == [parameters[1], *parameters[2:]]


def _with(where: Any, text: str) -> Any:
    """Return the same filter with another text in every place of one."""
    if isinstance(where, dict):
        return {key: _with(item, text) for key, item in where.items()}
    if isinstance(where, list):
        return [_with(item, text) for item in where]
    return text if isinstance(where, str) else where


async def test_a_search_text_that_is_no_query_is_an_error_of_the_client(rows: Any, blog: ModuleType) -> None:
    for text in ("secret &", "'secret", "(secret", "secret b"):
        with pytest.raises(blog.errors.DataError) as caught:
            await rows.post.find_many(where={"content": {"search": text}})
        assert "secret" not in str(caught.value)
