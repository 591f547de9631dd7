"""Random filters: every operator on every type, logic, lists and relations, mostly over what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from lumi_db.engine.datamodel import Field, Model, Relation, UniqueKey

from .operations_contents import Contents
from .operations_dice import Dice
from .operations_left_out import is_plain_text, may_ask_for_none
from .operations_values import Values, is_key

# What a filter may ask of related rows: that there are some, anything, or nothing.
Related = Literal["there", "all", "none"]

_ORDERED = ("gt", "gte", "lt", "lte")
_TEXT = ("contains", "startswith", "endswith")
_EQUAL = ("equals", "in", "not_in", "not")
_LIST = ("has", "has_every", "has_some", "is_empty", "equals")
_BY_TYPE = {"Boolean": ("equals", "not"), "Json": ("equals", "not"), "Bytes": _EQUAL}
# `@db.` types of text that have no patterns.
_NOT_TEXT = ("Uuid", "Inet", "Bit", "VarBit", "Xml")


class Filters:
    """Draws filters over one database's contents."""

    def __init__(self, dice: Dice, values: Values, contents: Contents) -> None:
        self._dice = dice
        self._values = values
        self._contents = contents
        self._models = values.datamodel.models

    def where(self, model: Model, depth: int, *, relations: Related = "all") -> dict[str, Any]:
        """Draw a filter; `relations` says what it may ask of related rows."""
        names = self._dice.some(list(model.fields), 0 if depth else 1, 2)
        node: dict[str, Any] = {name: self.scalar(model, model.fields[name]) for name in names}
        if depth and relations != "none" and model.relations and self._dice.chance(50):
            relation = self._dice.pick(list(model.relations.values()))
            node[relation.name] = self._relation(relation, depth - 1, relations)
        if depth and self._dice.chance(30):
            node |= self._logic(model, depth - 1, relations)
        return node

    def unique(self, model: Model) -> dict[str, Any]:
        """Draw a key of a row, mostly of one that is there, and now and then a filter beside it."""
        key = self._dice.pick(model.uniques)
        row = self._row(model)
        parts = {field.name: self._key_part(model, field, row) for field in key.fields}
        node = _key_filter(key, parts)
        if self._dice.chance(8):
            node["AND"] = [self.where(model, 1, relations="there")]
        return node

    def key(self, model: Model) -> dict[str, Any]:
        """Draw a key of a row and nothing beside it, for a cursor."""
        key, row = self._dice.pick(model.uniques), self._row(model)
        return _key_filter(key, {field.name: self._key_part(model, field, row) for field in key.fields})

    def value(self, model: Model, field: Field) -> Any:
        """Draw one element of a field, mostly one that is stored."""
        if self._dice.chance(25):
            return self._dice.pick(
                self._values.of_key(field) if is_key(model, field) else self._values.of(field)
            )
        found = [row[field.name] for row in self._contents.rows[model.name]]
        stored = [item for value in found for item in (value if isinstance(value, list) else [value])]
        stored = [item for item in stored if item is not None]
        return self._dice.pick(stored or self._values.of(field))

    def fresh(self, field: Field) -> Any:
        """Draw a part of a key, whether there is such a row or not."""
        return self._dice.pick(self._values.of_key(field))

    def _row(self, model: Model) -> dict[str, Any]:
        rows = self._contents.rows[model.name]
        return self._dice.pick(rows) if rows and not self._dice.chance(15) else {}

    def _key_part(self, model: Model, field: Field, row: dict[str, Any]) -> Any:
        stored = row.get(field.name)
        return self._dice.pick(self._values.of_key(field)) if stored is None else stored

    def _logic(self, model: Model, depth: int, relations: Related) -> dict[str, Any]:
        word = self._dice.pick(("AND", "OR", "NOT"))
        relations = "none" if word == "NOT" and relations == "there" else relations
        count = self._dice.number(0, 3)
        return {word: [self.where(model, depth, relations=relations) for _ in range(count)]}

    def scalar(self, model: Model, field: Field) -> Any:
        """Draw a filter of one field: a value, null or operators."""
        if field.is_list:
            return self._list(model, field)
        if not field.is_required and field.type != "Json" and self._dice.chance(15):
            return self._dice.pick((None, {"equals": None}, {"not": None}))
        if field.type != "Json" and self._dice.chance(20):
            return self.value(model, field)
        return self._operators(model, field)

    def _operators(self, model: Model, field: Field) -> dict[str, Any]:
        known = operators(field)
        insensitive = field.type == "String" and field.native not in _NOT_TEXT and self._dice.chance(20)
        node = {
            operator: self._operand(model, field, operator, insensitive)
            for operator in self._dice.some(known, 1, 2)
        }
        return {**node, "mode": "insensitive"} if insensitive else node

    def _operand(self, model: Model, field: Field, operator: str, insensitive: bool) -> Any:
        if operator in ("in", "not_in"):
            return [
                self._compared(model, field, operator, insensitive) for _ in range(self._dice.number(0, 3))
            ]
        if operator == "not" and field.type != "Json" and self._dice.chance(50):
            inner = self._dice.pick(operators(field))
            return {inner: self._operand(model, field, inner, insensitive)}
        return self._compared(model, field, operator, insensitive)

    def _compared(self, model: Model, field: Field, operator: str, insensitive: bool) -> Any:
        value = self.value(model, field)
        if field.type == "String" and (operator in _TEXT or insensitive):
            value = value if is_plain_text(value) else "a"
            return value[: self._dice.number(1, 3)] if operator in _TEXT and self._dice.chance(50) else value
        return value

    def _list(self, model: Model, field: Field) -> dict[str, Any]:
        operator = self._dice.pick(_LIST)
        if operator == "is_empty":
            return {operator: self._dice.chance(50)}
        if operator == "has":
            return {operator: self.value(model, field)}
        return {operator: [self.value(model, field) for _ in range(self._dice.number(0, 2))]}

    def _relation(self, relation: Relation, depth: int, relations: Related) -> Any:
        target, positive = self._models[relation.target], relations == "there"
        if relation.is_list:
            words = self._dice.some(("some",) if positive else ("some", "every", "none"), 1, 2)
            return {word: self.where(target, depth, relations=relations) for word in words}
        if not relation.is_required and may_ask_for_none(relation) and self._dice.chance(25):
            return self._dice.pick((None, {"is": None}, {"is_not": None}))
        word = self._dice.pick(("is", None) if positive else ("is", None, "is_not"))
        node = self.where(target, depth, relations=relations)
        return node if word is None else {word: node}


def operators(field: Field) -> Sequence[str]:
    """List the operators of a field that is no list."""
    if field.is_enum:
        return _EQUAL
    if field.type == "String" and field.native not in _NOT_TEXT:
        return (*_EQUAL, *_TEXT, *_ORDERED)
    return _BY_TYPE.get(field.type, (*_EQUAL, *_ORDERED))


def _key_filter(key: UniqueKey, parts: dict[str, Any]) -> dict[str, Any]:
    return parts if len(key.fields) == 1 else {key.name: parts}
