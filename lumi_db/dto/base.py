"""What all inputs have in common: nothing unknown, nothing the database cannot store, no value in an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

import pydantic
from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from lumi_db.client import load_datamodel
from lumi_db.errors import FieldProblem, ValidationError

InputT = TypeVar("InputT", bound="Input")


class Input(BaseModel):
    """Data for a new row; `entity` is the model it is for, and its fields are named as in the schema."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    entity: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _refuse_what_cannot_be_stored(cls, data: Any) -> Any:
        if _holds_nul(data):
            raise PydanticCustomError("nul", "must not hold the character U+0000")
        return data

    def data(self) -> dict[str, Any]:
        """Return the given values as the client takes them; what was not given is left out."""
        fields = load_datamodel().models[self.entity].fields
        given = {
            name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set
        }
        return {
            name: _for_client(fields[name].type, value) for name, value in given.items() if name in fields
        }


class Changes(Input):
    """Changes of a row: what is not given stays as it is; null empties a field that may be empty."""

    @model_validator(mode="after")
    def _refuse_null(self) -> Changes:
        fields = load_datamodel().models[self.entity].fields
        for name in self.model_fields_set:
            if getattr(self, name) is None and name in fields and fields[name].is_required:
                words = "{field} must not be null: leave it out, or give a value"
                raise PydanticCustomError("null", words, {"field": name})
        return self


def parse(model: type[InputT], data: InputT | Mapping[str, Any]) -> InputT:
    """Return `data` as an instance of `model`.

    Raises lumi_db.ValidationError with a sentence for each field that is wrong.
    """
    if isinstance(data, model):
        return data
    if not isinstance(data, Mapping):
        raise ValidationError(f"The data must be a mapping or {model.__name__}.", entity=model.entity)
    try:
        return model.model_validate(data)
    except pydantic.ValidationError as error:
        problems = tuple(
            _problem(detail, model) for detail in error.errors(include_url=False, include_input=False)
        )
        message = " ".join(problem.message for problem in problems)
        raise ValidationError(message, entity=model.entity, problems=problems) from None


def _problem(detail: ErrorDetails, model: type[Input]) -> FieldProblem:
    field = ".".join(str(part) for part in detail["loc"]) or "data"
    match detail["type"]:
        case "extra_forbidden":
            words = f"{field} is not a field of {model.__name__}: use one of {', '.join(model.model_fields)}"
        case "missing":
            words = f"{field} is missing: give it"
        case "null":
            field = str(detail["ctx"]["field"])
            words = detail["msg"]
        case "enum":
            words = f"{field} must be one of {detail['ctx']['expected']}"
        case kind if kind.startswith("lumi_") or kind == "nul":
            words = f"{field} {detail['msg']}"
        case _:
            words = f"{field} is not valid: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
    return FieldProblem(field, f"{words}.")


def _for_client(type_: str, value: Any) -> Any:
    if type_ == "Json" and value is not None:
        from lumi_db.client import load_generated

        return load_generated().Json(value)
    return value.get_secret_value() if isinstance(value, pydantic.SecretStr) else value


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, Mapping):
        return any(_holds_nul(key) or _holds_nul(one) for key, one in value.items())
    return isinstance(value, list | tuple) and any(_holds_nul(one) for one in value)
