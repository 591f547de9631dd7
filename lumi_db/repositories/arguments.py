"""Arguments that no input model reads: each is refused by its name, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NoReturn, get_args

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from lumi_db.dto.kinds import Json, Text, is_storable
from lumi_db.errors import CallerError, FieldProblem, ValidationError

LONGEST_ID = 64
LONGEST_TEXT = 255


def read_text(value: object, name: str, *, longest: int = LONGEST_TEXT) -> str:
    """Return a text that the database can hold. Raises ValidationError."""
    if not isinstance(value, str):
        _refuse(name, "must be a text")
    if not value or len(value) > longest:
        _refuse(name, f"must have 1 to {longest} characters")
    if not is_storable(value):
        _refuse(name, "must not hold the character U+0000 or halves of characters: take them out")
    return value


def read_id(value: object, name: str) -> str:
    """Return an id. Raises ValidationError."""
    return read_text(value, name, longest=LONGEST_ID)


def read_ids(values: object, name: str) -> list[str]:
    """Return a list of ids, each there once. Raises ValidationError."""
    if isinstance(values, str | bytes) or not isinstance(values, Sequence) or not all(map(_is_id, values)):
        _refuse(name, "must be a list of ids")
    if len(set(values)) < len(values):
        _refuse(name, "must hold each id once: it is named twice")
    return list(values)


def read_as(kind: Any, value: object, name: str) -> str:
    """Return a text of a kind of `lumi_db.dto.fields`, such as Email. Raises ValidationError."""
    text: Text = get_args(kind)[1]
    try:
        return text.read(value)
    except PydanticCustomError as error:
        _refuse(name, (error.context or {})["words"])


def read_flag(value: object, name: str) -> bool:
    """Return true or false, and nothing that is only taken for it. Raises ValidationError."""
    if not isinstance(value, bool):
        _refuse(name, "must be true or false")
    return value


def read_one_of(value: object, name: str, known: Iterable[str]) -> str:
    """Return one of the names that are known. Raises ValidationError."""
    names = list(known)
    if not isinstance(value, str) or value not in names:
        _refuse(name, f"must be one of {', '.join(names)}")
    return str(value)


def read_version(value: object) -> int:
    """Return a version to compare. Raises ValidationError."""
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse("version", "must be the whole number that was read with the row")
    return value


def read_instant(value: object, name: str) -> datetime:
    """Return an instant with its offset. Raises ValidationError."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        _refuse(name, "must be a datetime with its time zone, such as datetime.now(UTC)")
    return value


def read_span(value: object, name: str) -> timedelta:
    """Return a length of time of 0 to 100 years. Raises ValidationError."""
    if not isinstance(value, timedelta) or not timedelta(0) <= value <= timedelta(days=36_525):
        _refuse(name, "must be a timedelta from 0 to 100 years")
    return value


def read_json(value: object, name: str) -> dict[str, Any]:
    """Return a JSON object. Raises ValidationError."""
    try:
        return Json().read(value)
    except PydanticCustomError as error:
        _refuse(name, (error.context or {})["words"])


def read_rows(data: object) -> Sequence[Any]:
    """Return the data of several rows, of which each is to be read. Raises ValidationError."""
    if isinstance(data, str | bytes | Mapping) or not isinstance(data, Sequence):
        _refuse("data", "must be a list, with a mapping or an input for each row")
    return data


@contextmanager
def in_row(place: int) -> Iterator[None]:
    """Name the fields of a ValidationError inside by the place of their row: `3.slug`."""
    try:
        yield
    except ValidationError as error:
        problems = tuple(
            FieldProblem(f"{place}.{one.field}", f"{place}.{one.message}") for one in error.problems
        )
        message = " ".join(one.message for one in problems) or f"data.{place}: {error.message}"
        raise ValidationError(message, entity=error.entity, problems=problems, code=error.code) from None


def check_where(where: object) -> None:
    """Raise CallerError unless `where` is a mapping or None."""
    if where is not None and not isinstance(where, Mapping):
        raise CallerError("where must be a mapping from fields to values, as the client takes it.")


def check_projection(projection: object) -> None:
    """Raise CallerError unless a projection is a model that says of what, or None."""
    is_model = isinstance(projection, type) and issubclass(projection, BaseModel)
    if projection is not None and not (is_model and hasattr(projection, "__prisma_model__")):
        raise CallerError(
            "projection must be a pydantic model with __prisma_model__ and the fields it wants."
        )


def _is_id(one: object) -> bool:
    return isinstance(one, str) and 0 < len(one) <= LONGEST_ID and is_storable(one)


def _refuse(name: str, words: str) -> NoReturn:
    raise ValidationError(f"{name} {words}.", fields=(name,))
