"""Orders by what related rows have, by their number, and by relevance: as they are written, and what they give."""

from __future__ import annotations

from typing import Any

import pytest

from .support import Reader, ids

BY_ID = {"id": "asc"}
FROM_POST = 'FROM "Post" AS "t0"'
AUTHOR = f'{FROM_POST} LEFT JOIN "users" AS "t1" ON "t1"."id" = "t0"."authorId"'
EDITOR = f'{FROM_POST} LEFT JOIN "users" AS "t1" ON "t1"."id" = "t0"."editorId"'
FROM_USERS = 'FROM "users" AS "t0"'

ORDERS: list[tuple[str, dict[str, Any], str, list[Any]]] = [
    (
        "post",
        {"author": {"name": "asc"}},
        f'{AUTHOR} ORDER BY "t1"."name" ASC',
        [1, 2, 3, 7, 4, 5, 8, 9, 10, 6],
    ),
    (
        "post",
        {"author": {"name": {"sort": "desc", "nulls": "last"}}},
        f'{AUTHOR} ORDER BY "t1"."name" DESC NULLS LAST',
        [9, 10, 8, 4, 5, 7, 1, 2, 3, 6],
    ),
    (
        "post",
        {"editor": {"manager": {"name": "desc"}}},
        (f'{EDITOR} LEFT JOIN "users" AS "t2" ON "t2"."id" = "t1"."managerId" ORDER BY "t2"."name" DESC'),
        [2, 4, 5, 7, 8, 9, 10, 1, 3, 6],
    ),
    (
        "user",
        {"posts": {"_count": "desc"}},
        f'{FROM_USERS} ORDER BY (SELECT count(*) FROM "Post" AS "t1" WHERE "t1"."authorId" = "t0"."id") DESC',
        ["u1", "u2", "u8", "u3", "u5", "u7", "u4", "u6"],
    ),
    (
        "user",
        {"friends": {"_count": "asc"}},
        (
            f'{FROM_USERS} ORDER BY (SELECT count(*) FROM "_friendship" AS "t2" JOIN "users" AS "t1" ON '
            '"t1"."id" = "t2"."A" WHERE "t2"."B" = "t0"."id") ASC'
        ),
        ["u4", "u7", "u8", "u2", "u5", "u6", "u1", "u3"],
    ),
    (
        "post",
        {"editor": {"posts": {"_count": "desc"}}},
        (f'{EDITOR} ORDER BY (SELECT count(*) FROM "Post" AS "t2" WHERE "t2"."authorId" = "t1"."id") DESC'),
        [4, 1, 10, 3, 6, 8, 2, 5, 7, 9],
    ),
    (
        "post",
        {"_relevance": {"fields": ["title", "content"], "search": "hello | cat", "sort": "desc"}},
        (
            f"{FROM_POST} ORDER BY ts_rank(to_tsvector(concat_ws(' ', "
            '"t0"."title", "t0"."content")), to_tsquery($1::text)) DESC'
        ),
        [3, 1, 4, 2, 5, 6, 7, 8, 9, 10],
    ),
]


@pytest.mark.parametrize(("model", "order", "sql", "found"), ORDERS)
async def test_an_order_is_written_as_one_expression(
    reader: Reader,
    rows: Any,
    sent: list[Any],
    model: str,
    order: dict[str, Any],
    sql: str,
    found: list[Any],
) -> None:
    def call(client: Any) -> Any:
        return getattr(client, model).find_many(order=[order, BY_ID])

    written = (await reader.write(call))[0]
    assert written.endswith(f' {sql}, "t0"."id" ASC')
    assert ids(await call(rows)) == found
    assert [event.sql for event in sent] == [written]


PAGED: list[tuple[str, dict[str, Any]]] = [
    ("post", {"author": {"name": "asc"}}),
    ("post", {"author": {"name": {"sort": "desc", "nulls": "first"}}}),
    ("post", {"editor": {"name": "desc"}}),
    ("post", {"editor": {"posts": {"_count": "desc"}}}),
    ("user", {"posts": {"_count": "desc"}}),
    ("user", {"profile": {"bio": {"sort": "desc", "nulls": "last"}}}),
    ("post", {"_relevance": {"fields": ["content"], "search": "hello | cat", "sort": "desc"}}),
]


@pytest.mark.parametrize(("model", "order"), PAGED)
@pytest.mark.parametrize("backwards", [False, True])
async def test_pages_of_an_order_are_together_all_rows_once(
    rows: Any, model: str, order: dict[str, Any], backwards: bool
) -> None:
    actions = getattr(rows, model)
    everything = ids(await actions.find_many(order=[order, BY_ID]))
    step = -2 if backwards else 2
    read: list[Any] = []
    page = ids(await actions.find_many(order=order, take=step, skip=0, cursor=_end(everything, step)))
    while page:
        read = page + read if backwards else read + page
        edge = {"id": page[0] if backwards else page[-1]}
        page = ids(await actions.find_many(order=order, take=step, skip=1, cursor=edge))
    assert read == everything


def _end(everything: list[Any], step: int) -> dict[str, Any]:
    return {"id": everything[0] if step > 0 else everything[-1]}


async def test_a_search_is_a_parameter(reader: Reader, rows: Any) -> None:
    def call(client: Any, search: str) -> Any:
        relevance = {"fields": ["content"], "search": search, "sort": "desc"}
        return client.post.find_many(order=[{"_relevance": relevance}, BY_ID], take=1)

    assert (await reader.write(lambda client: call(client, "hello")))[1] == ("hello", 1)
    assert [ids(await call(rows, search)) for search in ("hello", "fat")] == [[1], [4]]


async def test_distinct_keeps_the_first_row_in_an_order_through_a_relation(
    rows: Any, sent: list[Any]
) -> None:
    order = [{"editor": {"name": {"sort": "desc", "nulls": "last"}}}, BY_ID]
    found = await rows.post.find_many(order=order, distinct=["views"], cursor={"id": 4}, take=3)
    everything = await rows.post.find_many(order=order)
    rest = everything[[one.id for one in everything].index(4) :]
    first = [one for place, one in enumerate(rest) if one.views not in {two.views for two in rest[:place]}]
    assert ids(found) == ids(first[:3])
    assert len(sent) == 2
