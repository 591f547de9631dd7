"""Parameters as listeners see them who asked for them: what a secret field was given is masked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

MASK = "***"
# A shorter text is in many others, and would mask them all.
_LONG_ENOUGH = 4


def secrets_of(arguments: Mapping[str, Any], fields: Collection[str]) -> tuple[Any, ...]:
    """Return all values that stand below one of `fields` in a call's arguments."""
    return tuple(_below(arguments, frozenset(fields))) if fields else ()


def mask(parameters: tuple[Any, ...], secrets: tuple[Any, ...], *, all_of_them: bool) -> tuple[Any, ...]:
    """Return the parameters, masked where one is a secret or holds one; those of raw SQL, which has no fields, all."""
    if all_of_them:
        return tuple(MASK for _ in parameters)
    texts = tuple(str(one) for one in secrets if len(str(one)) >= _LONG_ENOUGH)
    return tuple(_masked(one, secrets, texts) for one in parameters)


def _masked(value: Any, secrets: tuple[Any, ...], texts: tuple[str, ...]) -> Any:
    if isinstance(value, list | tuple):
        return type(value)(_masked(one, secrets, texts) for one in value)
    if any(type(one) is type(value) and one == value for one in secrets):
        return MASK
    written = value if isinstance(value, str) else str(value) if isinstance(value, bytes) else None
    return MASK if written is not None and any(text in written for text in texts) else value


def _below(part: Any, fields: frozenset[str]) -> Iterator[Any]:
    if isinstance(part, Mapping):
        for name, value in part.items():
            yield from _leaves(value) if name in fields else _below(value, fields)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _below(one, fields)


def _leaves(value: Any) -> Iterator[Any]:
    # a Json of the generated client holds its value in `data`
    value = getattr(value, "data", value)
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
    elif value is not None and not isinstance(value, bool):
        yield value
