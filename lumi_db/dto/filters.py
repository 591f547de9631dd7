"""Filters as an API takes them: for each field of a model the value it must have, or conditions.

They are made of the schema, so a field that is added there can be filtered by; secret and internal ones cannot.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from annotated_types import MaxLen
from pydantic import BaseModel, ConfigDict, Discriminator, Tag, create_model
from pydantic.alias_generators import to_camel

from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Field

from .fields import Moment, Money, Truth
from .kinds import LARGEST_WHOLE, OneOf, Text, Whole
from .visibility import hidden_fields

LONGEST_TEXT = 1_000
MOST_VALUES = 1_000
_VALUES: Mapping[str, Any] = {
    "String": Annotated[str, Text("must be a text", LONGEST_TEXT)],
    "Int": Annotated[int, Whole(-LARGEST_WHOLE - 1)],
    "Decimal": Money,
    "DateTime": Moment,
    "Boolean": Truth,
}
TAGS = ("value", "conditions")
"""What pydantic puts into the place of an error, and no caller knows."""
_ONE, _MANY = ("equals", "not_"), ("in_", "not_in")
_COMPARED = ("lt", "lte", "gt", "gte")
_OF_TEXT = ("contains", "startswith", "endswith")
FilterT = TypeVar("FilterT", bound="Filter")


class _Given(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_by_name=True, validate_by_alias=True,
        alias_generator=lambda name: to_camel(name.rstrip("_")),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """Return what was given, as the repositories take it."""
        return {
            name.rstrip("_"): _plain(getattr(self, name))
            for name in type(self).model_fields
            if name in self.model_fields_set
        }


def _plain(value: Any) -> Any:
    return value.given() if isinstance(value, _Given) else value


class Filter(_Given):
    """What rows of the model `entity` must be to be in a list."""

    model_config = ConfigDict(alias_generator=None)

    entity: ClassVar[str]


@cache
def filter_of(entity: str) -> type[Filter]:
    """Return the filter for a model: `filter_of("Product")(status="ACTIVE", price={"gte": "10.00"})`."""
    hidden = hidden_fields(entity)
    fields = {
        name: (_wanted(field) | None, None)
        for name, field in load_datamodel().models[entity].fields.items()
        if name not in hidden and field.type not in ("Json", "Bytes")
    }
    # pydantic's own type wants each field by name
    made: Any = create_model(f"{entity}Filter", __base__=Filter, **fields)  # type: ignore[call-overload]
    made.entity, made.__doc__ = entity, f"What rows of {entity} must be to be in a list."
    kind: type[Filter] = made
    return kind


def _wanted(field: Field) -> Any:
    value = _VALUES.get(field.type) or Annotated[Any, OneOf(field.type)]
    if field.is_list:
        return _condition(
            f"{field.type}ListCondition", value, ("has",), ("has_some", "has_every"), has_empty=True
        )
    if field.type == "String":
        return _or(value, _condition("TextCondition", value, (*_ONE, *_OF_TEXT), _MANY, has_mode=True))
    if field.type == "Boolean":
        return _or(value, _condition("BooleanCondition", value, _ONE, ()))
    compared = () if field.is_enum else _COMPARED
    return _or(value, _condition(f"{field.type}Condition", value, (*_ONE, *compared), _MANY))


def _or(value: Any, conditions: Any) -> Any:
    """Return the type of a value or conditions, which is told by its look: so an error is about one of them."""
    given = Annotated[value, Tag(TAGS[0])] | Annotated[conditions, Tag(TAGS[1])]
    return Annotated[given, Discriminator(lambda wanted: TAGS[isinstance(wanted, dict | _Given)])]


@cache
def _condition(
    name: str,
    value: Any,
    single: tuple[str, ...],
    many: tuple[str, ...],
    *,
    has_mode: bool = False,
    has_empty: bool = False,
) -> Any:
    fields: dict[str, Any] = dict.fromkeys(single, (value | None, None))
    fields |= {one: (Annotated[list[value], MaxLen(MOST_VALUES)] | None, None) for one in many}
    if has_mode:
        fields["mode"] = (Literal["default", "insensitive"] | None, None)
    if has_empty:
        fields["is_empty"] = (Truth | None, None)
    made: Any = create_model(name, __base__=_Given, **fields)
    made.__doc__ = "Conditions that all hold."
    return made
