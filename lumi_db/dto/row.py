"""What all answers have in common: the wire's names, exact amounts, instants to the millisecond, and no secret."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, JsonValue, PlainSerializer, WithJsonSchema
from pydantic.alias_generators import to_camel

from .base import Changes
from .fields import Moment, Truth
from .kinds import LARGEST_WHOLE, Amount, Whole

__all__ = ["Answer", "JsonValue", "Row", "Truth", "WireAmount", "WireInstant", "WireInteger"]

ChangesT = TypeVar("ChangesT", bound=Changes)


def _to_milliseconds(moment: datetime) -> str:
    """Write an instant as RFC 3339, in UTC and with the three places that JavaScript has."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


WireInstant = Annotated[
    Moment,
    PlainSerializer(_to_milliseconds, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-01-31T12:00:00.000Z"]}),
]
WireAmount = Annotated[
    Decimal, Amount(Decimal("0.00")), PlainSerializer(str, return_type=str, when_used="json")
]
WireInteger = Annotated[int, Whole(-LARGEST_WHOLE - 1)]


class Answer(BaseModel):
    """What an API answers: snake_case in Python, camelCase on the wire.

    `model_validate_json` reads what `to_json` wrote, from whatever end of the wire, and refuses anything unknown.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        hide_input_in_errors=True,
        defer_build=True,
    )

    def to_json(self) -> str:
        """Return the JSON for the wire; what was not loaded is left out."""
        return self.model_dump_json(exclude_unset=True)

    def to_wire(self) -> dict[str, Any]:
        """Return the same as what JSON has: dicts, lists, texts, numbers, truths, null."""
        return self.model_dump(mode="json", exclude_unset=True)


class Row(Answer):
    """A row of the model `of_model`, without what is secret; relations that were not loaded are left out."""

    of_model: ClassVar[str]

    @classmethod
    def of(cls, row: Any) -> Self:
        """Return the answer for a row of the client, with the relations that the row has loaded."""
        names = {name: field.alias or name for name, field in cls.model_fields.items()}
        given = {name: getattr(row, alias, None) for name, alias in names.items()}
        relations = _relations_of(cls)
        return cls.model_validate(
            {
                name: _rows(relations[name], value) if name in relations else _plain(value)
                for name, value in given.items()
                if not (name in relations and value is None)
            }
        )

    def changes(self, model: type[ChangesT]) -> ChangesT:
        """Return what of this answer may be changed, as the input for it: what a form is filled with."""
        mine = {field.alias or name: getattr(self, name) for name, field in type(self).model_fields.items()}
        return model.model_validate({name: mine[name] for name in model.model_fields if name in mine})


def _relations_of(model: type[Row]) -> Mapping[str, type[Row]]:
    """Return the fields of an answer that are answers themselves."""
    found = {}
    for name, field in model.model_fields.items():
        inner = [one for one in _parts(field.annotation) if isinstance(one, type) and issubclass(one, Row)]
        if inner:
            found[name] = inner[0]
    return found


def _parts(annotation: Any) -> list[Any]:
    arguments = getattr(annotation, "__args__", ())
    return [annotation] if not arguments else [part for one in arguments for part in _parts(one)]


def _rows(model: type[Row], value: Any) -> Any:
    return [model.of(one) for one in value] if isinstance(value, list) else model.of(value)


def _plain(value: Any) -> Any:
    # a Json of the generated client holds its value in `data`
    return value.data if type(value).__name__ == "Json" else value


def is_row(value: object, model: str) -> bool:
    """Tell whether a value is a row of a model, as the client returns it."""
    return getattr(type(value), "__prisma_model__", None) == model
