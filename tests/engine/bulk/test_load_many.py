"""load_many: rows by COPY, all or none, from anything that can be iterated over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from lumi_db.engine import QueryEvent

MOMENT = datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=UTC)


def tags(number: int, start: int = 0) -> Iterator[dict[str, Any]]:
    return ({"name": f"t{one}"} for one in range(start, start + number))


async def later(rows: Iterator[Any]) -> AsyncIterator[Any]:
    for row in rows:
        await asyncio.sleep(0)
        yield row


async def test_rows_are_copied_a_chunk_at_a_time_in_one_transaction(
    db: Any, statements: list[QueryEvent]
) -> None:
    assert await db.tag.load_many(tags(25), chunk=10) == 25
    assert [(sent.sql, sent.rows) for sent in statements] == [
        ('COPY "Tag" ("name") FROM STDIN', rows) for rows in (10, 10, 5)
    ]
    assert all(sent.in_transaction for sent in statements)
    assert [tag.name for tag in await db.tag.find_many(order={"id": "asc"})] == [f"t{n}" for n in range(25)]


async def test_rows_may_come_later(db: Any) -> None:
    assert await db.tag.load_many(later(tags(25)), chunk=10) == 25
    assert await db.tag.load_many(list(tags(5, 50)), chunk=10**100) == 5
    assert await db.tag.count() == 30


async def test_no_rows_send_nothing(db: Any, statements: list[QueryEvent]) -> None:
    assert await db.tag.load_many([]) == 0
    assert await db.tag.load_many(later(tags(0))) == 0
    assert statements == []


async def test_ids_defaults_and_updated_at_are_filled_in(db: Any) -> None:
    await db.user.load_many([{"email": "a"}, {"email": "b", "mood": "SAD", "name": None}])
    first, second = await db.user.find_many(order={"email": "asc"})
    assert (first.mood, second.mood, len(first.id), first.id != second.id) == ("HAPPY", "SAD", 25, True)
    assert first.updatedAt == second.updatedAt
    await db.defaults.load_many([{}, {"word": "x"}])
    rows = await db.defaults.find_many(order={"word": "asc"})
    assert [(row.word, row.price, row.tags, row.mood) for row in rows] == [
        ('it\'s "quoted"', Decimal("1.1"), ["a", "b"], "SAD"),
        ("x", Decimal("1.1"), ["a", "b"], "SAD"),
    ]


async def test_rows_that_leave_other_columns_to_the_database(db: Any) -> None:
    assert await db.tag.load_many([{"name": "a"}, {"id": 50, "name": "b"}, {"name": "c"}]) == 3
    assert await db.sample.load_many([{}, {}]) == 2
    found = {tag.name: tag.id for tag in await db.tag.find_many()}
    assert (found["b"], found["c"] - found["a"]) == (50, 1)


TEXTS = [
    "", " ", "\\N", "\\", "\\.", "a\tb", "a\nb", "a\r\nb", "\x01\x7f", "NULL", '"q"', "'", "ş İ 𝄞", "{a,b}",
]  # fmt: skip


async def test_every_text_is_stored_as_it_is(db: Any) -> None:
    rows = [{"text": text, "words": [text, "x"], "varchar": None} for text in TEXTS]
    await db.sample.load_many([*rows, {"text": None, "words": [], "varchar": "v"}])
    found = await db.sample.find_many(order={"id": "asc"})
    assert [row.text for row in found] == [*TEXTS, None]
    assert [row.words for row in found] == [*([text, "x"] for text in TEXTS), []]


async def test_every_type_is_stored_as_create_many_stores_it(db: Any, blog: ModuleType) -> None:
    json, base64 = blog.Json, blog.Base64
    full = {
        "char": "ab",
        "varchar": "v",
        "uuid": "6F8B6C1E-8c2c-4a7e-9d2f-0123456789ab",
        "int": -(2**31),
        "small": -3,
        "ints": [1, -2],
        "big": 2**63 - 1,
        "bigs": [1, -(2**63)],
        "float": 1e-300,
        "real": 0.1,
        "floats": [0.1, float("inf"), -0.0],
        "exact": Decimal("12345678901234.567891"),
        "decimals": [Decimal("1E+30"), Decimal("-0.5")],
        "flag": True,
        "flags": [True, False],
        "data": json({"a": [1, None, 'é "\\\n']}),
        "plain": json("x\ty"),
        "jsons": [json({"x": '"'}), json([])],
        "bytes": base64.encode(b"\x00\xff\\"),
        "blobs": [base64.encode(b"\x00"), base64.encode(b"")],
        "moment": MOMENT,
        "instant": MOMENT,
        "moments": [MOMENT.replace(microsecond=123000)],
        "day": datetime(9999, 12, 31, tzinfo=UTC),
        "clock": MOMENT,
        "mood": "SAD",
        "ip": "10.0.0.0/8",
    }
    extremes = {"moment": datetime(1, 1, 2, tzinfo=UTC), "exact": Decimal("1E-6"), "float": 5e-324}
    rows = [full, {}, extremes]
    await db.sample.create_many(rows)
    await db.sample.load_many(rows)
    found = [row.model_dump(exclude={"id"}) for row in await db.sample.find_many(order={"id": "asc"})]
    by_type = [found[3], found[5], found[4]] if found[3]["int"] is not None else found[3:]
    assert sorted(map(repr, found[:3])) == sorted(map(repr, by_type))


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"name": 1}, r"`rows\.12\.name` must be a str, not int"),
        ({"nmae": "x"}, r"`rows\.12\.nmae` does not exist"),
        ({}, r"`rows\.12\.name` of the model Tag"),
        ({"name": None}, r"`rows\.12\.name` must be a str, not None"),
        ({"name": "a\x00"}, r"`rows\.12\.name`: PostgreSQL cannot store the character NUL"),
        (7, r"`rows\.12` must be a dict, not int"),
        ({"name": "t3"}, r"`rows\.12`: Unique constraint failed on Tag: `name` must be unique\."),
        ({"id": 2**31 - 1, "name": "x" * 3000}, "index row"),
    ],
)
@pytest.mark.parametrize("chunk", [5, 100])
async def test_a_bad_row_is_named_by_its_number_and_nothing_is_written(
    db: Any, errors: Any, bad: Any, message: str, chunk: int
) -> None:
    if message == "index row":
        bad, message = {"id": 2**31, "name": "x"}, r"`rows\.12\.id`: the number does not fit into Int"
    rows = [*tags(12), bad, *tags(20, 20)]
    with pytest.raises(errors.PrismaError, match=message):
        await db.tag.load_many(rows, chunk=chunk)
    assert await db.tag.count() == 0


async def test_what_only_the_database_knows_is_named_too(db: Any, errors: Any) -> None:
    await db.user.create({"id": "u", "email": "e"})
    posts = [{"title": f"p{number}", "authorId": "u"} for number in range(40)]
    with pytest.raises(
        errors.ForeignKeyViolationError, match=r"`rows\.33`: Foreign key .*`authorId`"
    ) as caught:
        await db.post.load_many([*posts[:33], {"title": "x", "authorId": "secret"}, *posts[33:]], chunk=25)
    assert (caught.value.meta["row"], caught.value.meta["field_name"]) == (33, "authorId")
    assert "secret" not in str(caught.value)
    await db.execute_raw('ALTER TABLE "Post" ADD CONSTRAINT "few" CHECK ("views" < 10)')
    with pytest.raises(errors.DataError, match=r"`rows\.40`: .*few"):
        await db.post.load_many([*posts, {"title": "x", "authorId": "u", "views": 11}])
    with pytest.raises(errors.DataError, match=r"`rows\.1`: .*too long.*\(in Sample\)") as caught:
        await db.sample.load_many([{"varchar": "a"}, {"varchar": "secret and too long"}])
    assert "secret" not in f"{caught.value} {caught.value.meta}"
    assert (await db.post.count(), await db.sample.count()) == (0, 0)


@pytest.mark.parametrize("rows", [None, 3, "abc", {"name": "a"}])
async def test_what_gives_no_rows_is_refused(db: Any, errors: Any, rows: Any) -> None:
    with pytest.raises(errors.InputError, match="`rows` must be an iterable or async iterable of dicts"):
        await db.tag.load_many(rows)


@pytest.mark.parametrize("chunk", [0, -1, 1.5, True, None])
async def test_a_chunk_has_a_size(db: Any, errors: Any, chunk: Any) -> None:
    with pytest.raises(errors.InputError, match="`chunk` must be a positive int"):
        await db.tag.load_many([], chunk=chunk)


async def test_it_joins_a_transaction(db: Any) -> None:
    manager = db.tx()
    tx = await manager.start()
    await tx.tag.load_many(tags(10), chunk=3)
    assert (await tx.tag.count(), await db.tag.count()) == (10, 0)
    await manager.rollback()
    assert await db.tag.count() == 0


async def test_in_a_transaction_only_the_load_is_undone(db: Any, errors: Any) -> None:
    async with db.tx() as tx:
        await tx.tag.create({"name": "before"})
        for bad in ({"name": "t1"}, {"name": 7}):
            with pytest.raises(errors.DataError):
                await tx.tag.load_many([*tags(10), bad], chunk=3)
        await tx.tag.create({"name": "after"})
    assert [tag.name for tag in await db.tag.find_many(order={"id": "asc"})] == ["before", "after"]


async def test_two_loads_of_one_transaction_wait_for_each_other(db: Any, errors: Any) -> None:
    async with db.tx() as tx:
        bad = tx.tag.load_many(later(iter([*tags(30), {"name": "t1"}])), chunk=2)
        good = tx.tag.load_many(later(tags(30, 100)), chunk=2)
        answers = await asyncio.gather(bad, good, return_exceptions=True)
    assert (type(answers[0]), answers[1]) == (errors.UniqueViolationError, 30)
    assert await db.tag.count() == 30


async def test_rows_may_be_read_by_the_same_transaction(db: Any) -> None:
    await db.user.load_many({"id": f"u{n}", "email": f"{n}"} for n in range(20))
    async with db.tx() as tx:

        async def names() -> AsyncIterator[Any]:
            for number in range(20):
                user = await tx.user.find_unique({"id": f"u{number}"})
                yield {"name": user.email}

        assert await tx.tag.load_many(names(), chunk=7) == 20


async def test_what_the_rows_raise_undoes_all(db: Any) -> None:
    def rows() -> Iterator[Any]:
        yield from tags(20)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await db.tag.load_many(rows(), chunk=3)
    assert await db.tag.count() == 0


async def test_source_is_closed_when_a_row_is_bad(db: Any, errors: Any) -> None:
    closed: list[bool] = []

    async def rows() -> AsyncIterator[Any]:
        try:
            while True:
                yield {"name": 3}
        finally:
            closed.append(True)

    with pytest.raises(errors.InputError):
        await db.tag.load_many(rows(), chunk=3)
    assert closed == [True]
