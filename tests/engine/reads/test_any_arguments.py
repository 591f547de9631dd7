"""Whatever is given for arguments: one statement, or an error of the engine that names a path."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumi_db.engine import EngineError

from .support import Call, Reader

NAMES = ["id", "name", "age", "mood", "moods", "createdAt", "managerId", "email"]
RELATIONS = ["manager", "posts", "friends", "profile", "likes"]
WORDS = [
    *(
        "equals",
        "not",
        "in",
        "not_in",
        "lt",
        "gte",
        "contains",
        "startswith",
        "search",
        "mode",
        "has",
        "has_some",
    ),
    *(
        "is_empty",
        "AND",
        "OR",
        "NOT",
        "is",
        "is_not",
        "some",
        "every",
        "none",
        "where",
        "include",
        "order_by",
        "take",
    ),
    *("skip", "cursor", "distinct", "sort", "nulls", "_count", "_max", "_all", "x", 1),
]

leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.binary(max_size=3),
    st.sampled_from(["asc", "desc", "insensitive", "HAPPY", *NAMES]),
    st.just(datetime(2024, 1, 1, tzinfo=UTC)),
    st.just(Decimal("1.5")),
    st.just(object()),
)
keys = st.sampled_from([*NAMES, *RELATIONS, *WORDS])
anything = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=12,
)
arguments = st.dictionaries(
    st.sampled_from(["where", "order", "include", "take", "skip", "cursor", "distinct"]), anything, max_size=4
)


async def _written(reader: Reader, call: Call) -> str | EngineError:
    try:
        return (await reader.write(call))[0]
    except EngineError as error:
        return error


def _is_statement_or_named_error(outcome: str | EngineError) -> bool:
    if isinstance(outcome, str):
        return outcome.startswith("SELECT ")
    return outcome.code in ("P2009", "P2012", "P2019") and "`" in outcome.message


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=arguments)
async def test_any_arguments_of_a_find_are_a_statement_or_a_named_error(
    reader: Reader, some: dict[str, Any]
) -> None:
    assert _is_statement_or_named_error(await _written(reader, lambda client: client.user.find_many(**some)))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(having=anything, order=anything, by=st.lists(leaves, max_size=2))
async def test_any_arguments_of_groups_are_a_statement_or_a_named_error(
    reader: Reader, having: Any, order: Any, by: list[Any]
) -> None:
    def call(client: Any) -> Any:
        return client.user.group_by(by, having=having, order=order, count=True)

    assert _is_statement_or_named_error(await _written(reader, call))
