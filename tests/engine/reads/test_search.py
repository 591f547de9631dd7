"""Full-text search: the condition as it is written, and the rows it finds.

Every answer was compared with that of Prisma Client JS 6.19 on the same rows; where ours differs,
docs/compatibility.md says why.
"""

from __future__ import annotations

from typing import Any

import pytest

from .support import Filters

# where, the condition in SQL, its parameters, the ids found
Row = tuple[dict[str, Any], str, tuple[Any, ...], list[Any]]

TITLE = """to_tsvector(concat_ws(' ', "t0"."title"))"""
CONTENT = """to_tsvector(concat_ws(' ', "t0"."content"))"""
TITLE_AND_CONTENT = """to_tsvector(concat_ws(' ', "t0"."title", "t0"."content"))"""
CONTENT_AND_TITLE = """to_tsvector(concat_ws(' ', "t0"."content", "t0"."title"))"""

SEARCHES: list[Row] = [
    # full text; fields searched for one text are one text
    (
        {"content": {"search": "cat"}},
        f"{CONTENT} @@ to_tsquery($1::text)",
        ("cat",),
        [3, 4],
    ),
    (
        {"content": {"search": "cat | rat"}},
        f"{CONTENT} @@ to_tsquery($1::text)",
        ("cat | rat",),
        [3, 4, 7],
    ),
    (
        {"content": {"search": "fat & cat"}},
        f"{CONTENT} @@ to_tsquery($1::text)",
        ("fat & cat",),
        [4],
    ),
    (
        {"content": {"search": "!cat"}},
        f"{CONTENT} @@ to_tsquery($1::text)",
        ("!cat",),
        [1, 2, 5, 6, 7, 8, 9, 10],
    ),
    (
        {"content": {"not": {"search": "cat"}}},
        f"NOT ({CONTENT} @@ to_tsquery($1::text))",
        ("cat",),
        [1, 2, 5, 6, 7, 8, 9, 10],
    ),
    (
        {"content": {"search": "hello"}, "title": {"search": "hello"}},
        f"{TITLE_AND_CONTENT} @@ to_tsquery($1::text)",
        ("hello",),
        [1, 3],
    ),
    (
        {"content": {"search": "fat"}, "title": {"search": "d"}},
        f"({TITLE} @@ to_tsquery($1::text) AND {CONTENT} @@ to_tsquery($2::text))",
        ("d", "fat"),
        [4],
    ),
    (
        {"OR": [{"content": {"search": "rat"}}, {"title": {"search": "rat"}}]},
        f"{CONTENT_AND_TITLE} @@ to_tsquery($1::text)",
        ("rat",),
        [7],
    ),
    (
        {"NOT": [{"content": {"search": "cat"}}, {"title": {"search": "cat"}}]},
        f"NOT ({CONTENT_AND_TITLE} @@ to_tsquery($1::text))",
        ("cat",),
        [1, 2, 5, 6, 7, 8, 9, 10],
    ),
    (
        {"content": {"search": "cat", "contains": "fat"}},
        f'({CONTENT} @@ to_tsquery($1::text) AND "t0"."content"::text LIKE $2::text)',
        ("cat", "%fat%"),
        [4],
    ),
]


@pytest.mark.parametrize(("where", "condition", "parameters", "found"), SEARCHES)
async def test_a_search_is_one_condition(
    filters: Filters, where: dict[str, Any], condition: str, parameters: tuple[Any, ...], found: list[Any]
) -> None:
    await filters.check("post", "Post", where, condition, parameters, found)
