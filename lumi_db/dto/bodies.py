"""Bodies and queries of requests: to inputs, or to one error that says what is wrong with which field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import pydantic

from lumi_db.errors import BodyTooLarge, FieldProblem, QueryError, ValidationError

from .base import Input, InputT, describe_problem
from .filters import TAGS, Filter, filter_of
from .row import Answer

LARGEST_BODY = 1_000_000
"""Bytes: an order of 10,000 lines has room, a flood has not."""
QueryT = TypeVar("QueryT", bound=Answer)


def read_body(model: type[InputT], body: bytes | str, *, largest: int = LARGEST_BODY) -> InputT:
    """Return the JSON of a request as an input.

    Raises BodyTooLarge (413) before it is looked at, and ValidationError (422) with a sentence for each field.
    """
    size = len(body)
    if size > largest:
        raise BodyTooLarge(f"The body has {size:,} bytes: send {largest:,} or fewer.", entity=model.entity)
    try:
        return model.model_validate_json(body)
    except pydantic.ValidationError as error:
        raise _refused(error, model, ValidationError, entity=model.entity) from None


def read_query(model: type[QueryT], query: Mapping[str, Any]) -> QueryT:
    """Return the parameters of a request's URL, which are texts, as a PageQuery or CursorQuery.

    Raises QueryError (400).
    """
    typed = {name: _whole(value) if name in ("number", "size") else value for name, value in query.items()}
    try:
        return model.model_validate(typed)
    except pydantic.ValidationError as error:
        raise _refused(error, model, QueryError, entity=None) from None


def read_filter(entity: str, filters: Mapping[str, Any] | str | bytes) -> dict[str, Any]:
    """Return filters, as a mapping or as JSON, in the form that repositories take. Raises QueryError (400)."""
    model = filter_of(entity)
    try:
        if isinstance(filters, str | bytes):
            return model.model_validate_json(filters).given()
        return model.model_validate(filters).given()
    except pydantic.ValidationError as error:
        raise _refused(error, model, QueryError, entity=entity) from None


def _refused(
    error: pydantic.ValidationError,
    model: type[Input | Answer | Filter],
    kind: type[ValidationError],
    *,
    entity: str | None,
) -> ValidationError:
    problems = tuple(
        _problem(detail, model) for detail in error.errors(include_url=False, include_input=False)
    )
    return kind(" ".join(one.message for one in problems), entity=entity, problems=problems)


def _problem(detail: Any, model: type[Input | Answer | Filter]) -> FieldProblem:
    if detail["type"] == "json_invalid":
        return FieldProblem("body", f"The body is no JSON: {detail['ctx']['error']}.")
    if issubclass(model, Filter):
        detail = {**detail, "loc": tuple(part for part in detail["loc"] if part not in TAGS)}
    return describe_problem(detail, [field.alias or name for name, field in model.model_fields.items()])


def _whole(text: Any) -> Any:
    """Read a whole number; what is none is refused by the model."""
    is_number = isinstance(text, str) and len(text) < 20 and text.isascii() and text.isdecimal()
    return int(text) if is_number else text
