"""What the tests of errors share: one way to fail a call and to look for a value in all that is left of it."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from typing import Any

import pytest

# Stands for a customer's data: it may never come out of an error.
MARKER = "hunter2"


async def refused(errors: Any, call: Awaitable[Any]) -> Any:
    """Return the exception that a call ends with; no part of it holds the marker."""
    with pytest.raises(errors.PrismaError) as caught:
        await call
    assert_hides_the_marker(caught.value)
    return caught.value


def assert_hides_the_marker(error: BaseException) -> None:
    for one in chain(error):
        assert MARKER not in f"{one} {one!r} {one.args!r} {vars(one)!r}"


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give an exception and all that it came from, hidden contexts too."""
    if error is not None:
        yield error
        yield from chain(error.__cause__)
        yield from chain(error.__context__)


def summary(error: Any) -> tuple[str, str | None]:
    return type(error).__name__, error.code
