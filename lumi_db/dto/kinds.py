"""Kinds of values: text, whole number, amount, instant, truth, JSON, enum.

Each refuses with words of its own, which `lumi_db.dto.base` puts behind the field's name: `price must not be …`.
They are put into annotations; `lumi_db.dto.fields` names the ones the shop uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, SecretStr
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lumi_db.money import CENT

LARGEST_WHOLE = 2**31 - 1
LARGEST_AMOUNT = Decimal("9999999999.99")
DEEPEST_JSON = 64

_AMOUNT_TEXT = r"-?[0-9]+(\.[0-9]+)?"
# Tab and line breaks belong in long texts; the other control characters in none.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_CONTROLS_BUT_BREAKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CARD_KEYS = frozenset({"cardnumber", "pan", "cvc", "cvc2", "cvv", "cvv2", "securitycode"})


def refusal(words: str, *, field: str | None = None) -> PydanticCustomError:
    """Return the error that says what a field must be; `field` where a whole input is checked."""
    return PydanticCustomError(
        "lumi_rule", "{words}", {"words": words, **({"field": field} if field else {})}
    )


@dataclass(frozen=True, slots=True)
class Text:
    """A text, trimmed by `prepare` before it is checked; `pattern` matches all of it, `words` say what it must be."""

    words: str
    longest: int
    pattern: str | None = None
    prepare: Callable[[str], str] = str.strip
    is_right: Callable[[str], bool] | None = None
    has_lines: bool = False

    def read(self, value: object) -> str:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not isinstance(text, str):
            raise refusal("must be a text")
        text = self.prepare(text)
        if not text:
            raise refusal("must not be blank: give a text, or leave it out")
        if len(text) > self.longest:
            raise refusal(f"must not be longer than {self.longest:,} characters: shorten it")
        if not is_storable(text) or (_CONTROLS_BUT_BREAKS if self.has_lines else _CONTROLS).search(text):
            raise refusal("must not hold control characters or halves of characters: take them out")
        if self.pattern is not None and re.fullmatch(self.pattern, text) is None:
            raise refusal(self.words)
        if self.is_right is not None and not self.is_right(text):
            raise refusal(self.words)
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        found = {**handler(schema), "minLength": 1, "maxLength": self.longest}
        return found if self.pattern is None else {**found, "pattern": f"^{self.pattern}$"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`: no text, no float, no bool."""

    least: int
    most: int = LARGEST_WHOLE

    def read(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            raise refusal(f"must be a whole number from {self.least} to {self.most}")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(schema), "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Amount:
    """A decimal of two places from `least` on, given as Decimal, as text or as a whole number; never rounded.

    In JSON it is a text, since its numbers are floats for most who read them.
    """

    least: Decimal

    def read(self, value: object, info: core_schema.ValidationInfo) -> Decimal:
        if info.mode == "json" and isinstance(value, int | float):
            raise refusal("must be an amount as a text, such as '49.90': a JSON number is not exact")
        amount = _decimal(value)
        if not amount.is_finite() or not self.least <= amount <= LARGEST_AMOUNT:
            raise refusal(f"must be an amount from {self.least} to {LARGEST_AMOUNT}")
        exact = amount.quantize(CENT)
        if exact != amount:
            raise refusal("must not have more than two places after the point: round it first")
        return abs(exact)  # -0 is 0

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^[0-9]{1,10}(\.[0-9]{1,2})?$", "examples": ["49.90"]}


def _decimal(value: object) -> Decimal:
    if isinstance(value, float):
        raise refusal("must not be a float, which is not exact: give a Decimal, or a text such as '49.90'")
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and re.fullmatch(_AMOUNT_TEXT, value.strip()):
        return Decimal(value.strip())
    raise refusal("must be an amount: give a Decimal, or a text such as '49.90'")


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant with its offset, as a datetime or as text (RFC 3339); numbers are refused. Becomes UTC."""

    def read(self, value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> datetime:
        try:
            moment: datetime = handler(value if isinstance(value, datetime | str) else None)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise refusal("must be an instant with its offset, such as 2026-01-31T12:00:00Z")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self.read, handler(source))


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false: neither 1 nor "yes"."""

    def read(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise refusal("must be true or false")
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))


@dataclass(frozen=True, slots=True)
class Json:
    """What JSON can say, at the top an object; with `is_card_free` no key that names a card's number or code."""

    is_card_free: bool = False

    def read(self, value: object) -> dict[str, Any]:
        from lumi_db.client import load_generated

        plain = value.data if isinstance(value, load_generated().Json) else value
        if not isinstance(plain, Mapping):
            raise refusal("must be a JSON object")
        self._check(plain, 1)
        return dict(plain)

    def _check(self, value: object, depth: int) -> None:
        if depth > DEEPEST_JSON:
            raise refusal(f"must not be nested deeper than {DEEPEST_JSON} levels: flatten it")
        match value:
            case Mapping():
                for key, one in value.items():
                    self._check_key(key)
                    self._check(one, depth + 1)
            case list() | tuple():
                for one in value:
                    self._check(one, depth + 1)
            case str():
                if not is_storable(value):
                    raise refusal("must not hold the character U+0000 or halves of characters: take them out")
            case float() if value - value != 0:
                raise refusal("must not hold NaN or Infinity, which JSON does not have: use null")
            case None | bool() | int() | float():
                pass
            case _:
                raise refusal(
                    "must hold only what JSON has: objects, lists, texts, numbers, true, false, null"
                )

    def _check_key(self, key: object) -> None:
        if not isinstance(key, str) or not is_storable(key):
            raise refusal("must have texts as keys, without U+0000 and halves of characters")
        if self.is_card_free and re.sub(r"[^a-z0-9]", "", key.lower()) in _CARD_KEYS:
            raise refusal("must not hold a card's number or security code: take it out")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))


@dataclass(frozen=True, slots=True)
class OneOf:
    """An enum of the schema, looked up when a model is first used: the generated client takes long to load."""

    enum: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from lumi_db import types

        members = handler.generate_schema(getattr(types, self.enum))
        return core_schema.no_info_before_validator_function(_as_name, members)


def _as_name(value: object) -> str:
    """Refuse lists and objects before pydantic compares them, deep or endless as they may be."""
    return value if isinstance(value, str) else ""


def is_storable(text: str) -> bool:
    """Tell whether PostgreSQL can store a text: no U+0000, no half of a pair of surrogates."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
