"""What all inputs have in common: nothing unknown, nothing the database cannot store, no value in an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self, TypeVar

import pydantic
from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import ErrorDetails

from lumi_db.client import load_datamodel, load_generated
from lumi_db.errors import FieldProblem, ValidationError
from lumi_db.redaction import MASK, SECRET_FIELDS

from .kinds import refusal

InputT = TypeVar("InputT", bound="Input")

LONGEST_NAME = 100


class Input(BaseModel):
    """Data for a new row; `entity` is the model it is for, and its fields are named as in the schema."""

    # Built when first used: enums are the generated client's, which takes long to load.
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_default=True, defer_build=True
    )

    entity: ClassVar[str]

    @model_validator(mode="after")
    def _refuse_null(self) -> Self:
        fields = load_datamodel().models[self.entity].fields
        for name in self.model_fields_set:
            if getattr(self, name) is None and name in fields and fields[name].is_required:
                raise refusal("must not be null: leave it out, or give a value", field=name)
        return self

    def data(self) -> dict[str, Any]:
        """Return the given values as the client takes them; what was not given is left out."""
        fields = load_datamodel().models[self.entity].fields
        return {
            name: _for_client(fields[name].type, getattr(self, name))
            for name in type(self).model_fields
            if name in self.model_fields_set and name in fields
        }

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        secrets = SECRET_FIELDS.get(self.entity, frozenset())
        for name, value in super().__repr_args__():
            yield name, MASK if name in secrets and value is not None else value


class Changes(Input):
    """Changes of a row: what is not given stays as it is; null empties a field that may be empty."""


def parse(model: type[InputT], data: Input | Mapping[str, Any]) -> InputT:
    """Return `data` as an instance of `model`.

    Raises lumi_db.ValidationError with a sentence for each field that is wrong.
    """
    if type(data) is model:
        return data
    if not isinstance(data, Mapping):
        raise ValidationError(f"The data must be a mapping or {model.__name__}.", entity=model.entity)
    try:
        return model.model_validate(data)
    except pydantic.ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        problems = tuple(describe_problem(detail, model.model_fields) for detail in details)
        message = " ".join(problem.message for problem in problems)
        raise ValidationError(message, entity=model.entity, problems=problems) from None


def given(**values: Any) -> dict[str, Any]:
    """Return what is not None: arguments that were left out."""
    return {name: value for name, value in values.items() if value is not None}


def describe_problem(detail: ErrorDetails, names: Iterable[str]) -> FieldProblem:
    """Return what pydantic found in our words; `names` are the fields that there are."""
    known = detail.get("ctx", {})
    path = (*detail["loc"], known["field"]) if "field" in known else detail["loc"]
    field = ".".join(str(part) for part in path) or "data"
    match detail["type"]:
        case "lumi_rule":
            words = known["words"]
        case "extra_forbidden":
            field = shortened(field)
            of = f": use one of {', '.join(names)}" if len(path) == 1 else ": leave it out"
            words = f"is not known here{of}"
        case kind if kind in _WORDS:
            words = _WORDS[kind].format(**known)
        case _:
            words = f"is not valid: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
    return FieldProblem(field, f"{field} {words}.")


def shortened(text: object) -> str:
    """Name what a caller made up without repeating all of it."""
    words = text[: LONGEST_NAME + 1] if isinstance(text, str) else type(text).__name__
    printable = "".join(letter if letter.isprintable() else "?" for letter in words)
    return printable if len(printable) <= LONGEST_NAME else f"{printable[:LONGEST_NAME]}…"


_WORDS: Mapping[str, str] = {
    "missing": "is missing: give it",
    "enum": "must be one of {expected}",
    "list_type": "must be a list",
    "too_long": "must not have more than {max_length} elements",
    "too_short": "must have {min_length} elements or more",
    "model_type": "must be an object with its fields",
    "invalid_key": "must be a text",
}
"""Type of pydantic's error → what the field must be."""


def _for_client(type_: str, value: Any) -> Any:
    if type_ == "Json" and value is not None:
        return load_generated().Json(value)
    return value.get_secret_value() if isinstance(value, pydantic.SecretStr) else value
