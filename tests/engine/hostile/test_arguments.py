"""Values and keys made to hurt: stored exactly, or refused by an error of the client, with nothing half done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import IntEnum
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prisma.fields import Json

from lumi_db.engine.shape import flatten
from lumi_db.engine.sql.writer import quote

Call = Callable[[Any], Awaitable[Any]]


class LyingText(str):
    """A text that says it is equal to anything, and raises where it is shown."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("name")

    def __str__(self) -> str:
        raise RuntimeError

    def __format__(self, spec: str) -> str:
        raise RuntimeError


class LyingNumber(int):
    def __int__(self) -> int:
        return 10**30

    def __lt__(self, other: object) -> bool:
        return True


class Step(IntEnum):
    BACK = -1


class Unequal:
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        raise RuntimeError


class Zone(tzinfo):
    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def utcoffset(self, dt: datetime | None) -> Any:
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    def dst(self, dt: datetime | None) -> None:
        return None

    def tzname(self, dt: datetime | None) -> None:
        return None


def _nested(depth: int, wrap: Callable[[Any], Any]) -> Any:
    value: Any = {}
    for _ in range(depth):
        value = wrap(value)
    return value


def _cycle() -> list[Any]:
    items: list[Any] = []
    items.append(items)
    return items


def _released() -> memoryview:
    view = memoryview(b"abc")
    view.release()
    return view


def _instant(answer: Any) -> datetime:
    return datetime(2024, 1, 1, tzinfo=Zone(answer))


REFUSED_VALUES: dict[str, dict[str, Any]] = {
    "a signaling NaN for a float": {"float": Decimal("sNaN")},
    "a Decimal too large for a float": {"float": Decimal("1E+400")},
    "an int of 5000 digits for a float": {"float": 10**5000},
    "an int of 5000 digits for a Decimal": {"decimals": [10**5000]},
    "an int of 5000 digits": {"int": 10**5000},
    "a NaN that could not be read again": {"exact": Decimal("NaN")},
    "a signaling NaN": {"exact": Decimal("sNaN")},
    "a Decimal of a million digits": {"decimals": [Decimal("1E+1000000")]},
    "a Decimal that would fill the memory": {"exact": Decimal("1E+999999999")},
    "a Decimal with too many places": {"exact": Decimal("1E-999999999")},
    "a bool for an int": {"int": True},
    "a zone whose offset is a number": {"moment": _instant(5)},
    "a zone that raises": {"moment": _instant(KeyError("zone"))},
    "a timedelta": {"moment": timedelta(1)},
    "released bytes": {"bytes": _released()},
    "a list that holds itself": {"words": _cycle()},
    "a lone surrogate": {"text": "\ud800"},
    "a NUL": {"text": "\0"},
    "Json that holds itself": {"data": Json(_cycle())},
    "Json of 10 000 levels": {"data": Json(_nested(10_000, lambda inner: [inner]))},
    "Json too deep to be read again": {"data": Json(_nested(151, lambda inner: {"a": inner}))},
    "Json with a lone surrogate": {"data": Json("\ud800")},
    "Json with a NaN": {"data": Json(float("nan"))},
    "Json with an object": {"data": Json(object())},
    "Json with a key that is no text": {"data": Json({(1,): 1})},
    "Json with a zone that raises": {"data": Json(_instant(KeyError("zone")))},
    "None in a list": {"words": [None]},
}


@pytest.mark.parametrize("data", REFUSED_VALUES.values(), ids=REFUSED_VALUES.keys())
async def test_a_value_that_cannot_be_kept_is_refused_before_anything_is_sent(
    db: Any, blog: ModuleType, statements: list[Any], data: dict[str, Any]
) -> None:
    path = next(iter(data))
    for call in (
        db.sample.create(data),
        db.sample.create_many([{"text": "first"}, data]),
        db.sample.update_many(data, where={}),
    ):
        with pytest.raises(blog.errors.InputError, match=rf"^`data\.(1\.)?{path}`"):
            await call
    assert statements == []


KEY = LyingText("zz' --")
REFUSED_CALLS: dict[str, Call] = {
    "a lying key in data": lambda db: db.sample.create({KEY: "v"}),
    "a lying key in rows": lambda db: db.sample.create_many([{"text": "a"}, {KEY: 1}]),
    "a lying key in where": lambda db: db.user.find_many(where={KEY: "v"}),
    "a lying mode": lambda db: db.user.find_many(where={"name": {"equals": "x", "mode": KEY}}),
    "a lying direction": lambda db: db.user.find_many(order={"name": KEY}),
    "a lying name": lambda db: db.user.find_many(distinct=[KEY]),
    "a number for a key": lambda db: db.user.find_many(where={1: 2}),
    "bytes for a key": lambda db: db.user.find_many(order={b"x": "asc"}),
    "where that holds itself": lambda db: db.user.find_many(where={"AND": _cycle()}),
    "order that holds itself": lambda db: db.user.find_many(order=_cycle()),
    "10 000 levels of NOT": lambda db: db.user.find_many(where=_nested(10_000, lambda one: {"NOT": one})),
    "a number for rows": lambda db: db.sample.create_many(5),
    "a text for rows": lambda db: db.sample.create_many("abc"),
    "an object that raises when compared": lambda db: db.post.find_many(
        where={"title": {"equals": Unequal()}, "content": {"search": "a"}}
    ),
    "a number for a selection": lambda db: db._execute(
        method="count", arguments={}, model=db.user._model, root_selection=[5]
    ),
    "a function for a selection": lambda db: db._execute(
        method="count", arguments={}, model=db.user._model, root_selection=["_pg_sleep { age }"]
    ),
    "a model that is no model": lambda db: db._execute(
        method="find_many", arguments={}, model=type("Odd", (), {"__prisma_model__": ["x"]})
    ),
    "raw Json that holds itself": lambda db: db.query_raw("SELECT $1::jsonb", Json(_cycle())),
    "a raw int that would not end": lambda db: db.query_raw("SELECT $1::int", Decimal("1E+999999999")),
    "raw NUL": lambda db: db.query_raw("SELECT $1::text", "\0"),
    "two raw statements": lambda db: db.query_raw("SELECT 1; DROP TABLE users"),
    "an isolation level": lambda db: db.tx(isolation_level="Serializable; DROP TABLE users").start(),
}


@pytest.mark.parametrize("call", REFUSED_CALLS.values(), ids=REFUSED_CALLS.keys())
async def test_a_call_made_to_hurt_is_refused_and_the_client_goes_on(
    db: Any, blog: ModuleType, call: Call
) -> None:
    with pytest.raises(blog.errors.PrismaError) as caught:
        await call(db)
    assert len(str(caught.value)) < 1000
    assert (await db.sample.count(), await db.user.count()) == (0, 0)


async def test_a_subclass_is_stored_as_what_it_holds(db: Any) -> None:
    made = await db.sample.create(
        {"text": LyingText("x' --"), "int": LyingNumber(5), "moment": _instant(None), "float": float("inf")}
    )
    assert (str.__str__(made.text), made.int) == ("x' --", 5)
    assert made.moment == datetime(2024, 1, 1, tzinfo=UTC)
    assert await db.sample.count(where={"text": {"startswith": LyingText("x'")}}) == 1


async def test_a_negative_take_of_any_int_reads_from_the_end(db: Any) -> None:
    await db.sample.create_many([{"text": "first"}, {"text": "last"}])
    assert [one.text for one in await db.sample.find_many(take=Step.BACK)] == ["last"]


async def test_a_name_in_an_error_is_short_and_can_be_printed(db: Any, blog: ModuleType) -> None:
    for name in ("x" * 1_000_000, "\ud800\n\u202e"):
        with pytest.raises(blog.errors.FieldNotFoundError) as caught:
            await db.user.find_many(where={name: 1})
        assert len(str(caught.value)) < 500
        assert str(caught.value).isprintable() or "…" in str(caught.value)


async def test_json_as_deep_as_it_can_be_read_is_read_below_an_include(db: Any) -> None:
    deep = _nested(149, lambda inner: {"a": inner})
    made = await db.sample.create({"data": Json(deep), "boxes": {"create": {}}}, include={"boxes": True})
    assert made.data == deep
    found = await db.box.find_first(include={"sample": {"include": {"boxes": {"include": {"sample": True}}}}})
    assert found.sample.boxes[0].sample.data == deep


async def test_thousands_of_conditions_are_answered_or_refused(db: Any, blog: ModuleType) -> None:
    def where(count: int) -> Any:
        return {"OR": [{"name": str(number)} for number in range(count)]}

    assert await db.user.count(where=where(8_000)) == 0
    with pytest.raises(blog.errors.DataError, match="more parameters"):
        await db.user.count(where=where(40_000))
    assert await db.user.count(where={"name": {"in": [str(number) for number in range(100_000)]}}) == 0


async def test_plans_do_not_fill_the_memory(db: Any) -> None:
    engine = db._engine._engine
    for count in range(1, 60):
        where = {"OR": [{"name": f"{count} {number}"} for number in range(100 * count)]}
        engine.plans.find("count", db.user._model, {"where": where}, None)
    assert 0 < engine.plans._items <= 300_000
    assert len(engine.plans._plans) < 59
    before = len(engine.plans._plans)
    for number in range(100):
        engine.plans.find("find_many", db.user._model, {"where": {"name": f"x{number}"}}, None)
    assert len(engine.plans._plans) == before + 1


@given(st.text())
def test_a_shape_holds_no_value(text: str) -> None:
    marked = f"hostile {text}"
    shape, values = flatten({"where": {"name": marked, "OR": [{"email": {"in": [marked]}}]}})
    assert "hostile" not in repr(shape)
    assert values == [marked, [marked]]


@given(st.text())
def test_a_quoted_name_is_one_name(name: str) -> None:
    quoted = quote(name)
    assert (quoted[0], quoted[-1]) == ('"', '"')
    assert quoted[1:-1].replace('""', "").count('"') == 0
    assert quoted[1:-1].replace('""', '"') == name


async def test_what_is_no_word_or_text_is_refused_by_name(db: Any, errors: Any) -> None:
    for level in (["Serializable"], 5, "serializable"):
        with pytest.raises(
            errors.TransactionError, match="the isolation level must be one of ReadUncommitted"
        ):
            async with db.tx(isolation_level=level):
                pass
    for sql in (None, 5, b"SELECT 1"):
        with pytest.raises(errors.InputError, match="`query` must be a str"):
            await db.query_raw(sql)
        with pytest.raises(errors.InputError, match="`query` must be a str"):
            await db.execute_raw(sql)
    assert await db.user.count() == 0


@pytest.mark.parametrize("hostile", [{"a": ["x\0"]}, {"\0": 1}, "\\\0", ["\\\\\0"]])
async def test_a_nul_in_json_is_refused_by_its_path(
    db: Any, errors: Any, statements: Any, hostile: Any
) -> None:
    with pytest.raises(errors.InputError, match=r"`data.data`: .*U\+0000"):
        await db.sample.create({"data": Json(hostile)})
    with pytest.raises(errors.InputError, match=r"`data.jsons`: element 1: .*U\+0000"):
        await db.sample.create({"jsons": [Json({}), Json(hostile)]})
    assert statements == []


async def test_what_only_looks_like_a_nul_is_stored(db: Any) -> None:
    for text in ("\\u0000", "\\\\u0000", "u0000", "\\\\\\u0000"):
        made = await db.sample.create({"data": Json({text: text})})
        assert made.data == {text: text}
