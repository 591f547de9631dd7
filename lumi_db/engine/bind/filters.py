"""`where`: filters over scalars, lists and relations.

Rules: https://www.prisma.io/docs/orm/reference/prisma-client-reference#filter-conditions-and-operators
"""

from __future__ import annotations

from typing import Any, assert_never

from ..condition import ALWAYS, AllOf, AnyOf, Compare, Condition, IsNull, Not, Related, Search, Unlinked
from ..datamodel import Field, Model, Relation, UniqueKey
from ..errors import EngineError
from ..operators import DIFFERS, LIST_OPERATORS, OPERATORS, Operator, find_operator, names_of
from ..sources import SlotValue, Source
from ..values import describe
from .common import Node, Values, in_schema_order, mapping, one_or_many, spelled, unknown_field, wrong_type
from .conditions import aggregate_field, all_of, any_of, like, merge_searches
from .json_filters import bind_json_filter, is_json_filter

_WITHOUT_CASE = ("Uuid", "Inet", "Bit", "VarBit")


class Filters:
    """Binds `where`, and with `grouped` the `having` of groups, in which fields may be aggregated."""

    def __init__(self, values: Values, *, grouped: bool = False) -> None:
        self._values = values
        self._grouped = grouped
        self._models = values.datamodel.models

    def where(self, model: Model, node: Any, path: str) -> Condition:
        """Bind a filter; None stands for no filter at all."""
        return self._filter(model, node, path, nested=False) or ALWAYS

    def _filter(self, model: Model, node: Any, path: str, *, nested: bool) -> Condition | None:
        """Bind a filter, or return None if it is empty: Prisma leaves those out wherever they stand."""
        if node is None:
            return None
        node = mapping(node, path)
        keys = in_schema_order(model, node)
        return all_of(self._entry(model, key, node[key], f"{path}.{key}", nested) for key in keys)

    def unique(self, model: Model, node: Any, path: str) -> Condition:
        """Bind a filter that must hold at least one whole unique key; further filters narrow it."""
        node = mapping(node, path)
        for key in model.uniques:
            if len(key.fields) == 1 and isinstance(node.get(key.name), dict):
                raise wrong_type(f"{path}.{key.name}", describe(key.fields[0]), node[key.name])
        if not any(self._is_given(key, node) for key in model.uniques):
            names = " or ".join(f"`{key.name}`" for key in model.uniques)
            raise EngineError("P2009", f"`{path}` of the model {model.name} needs {names}.", {"path": path})
        return self.where(model, node, path)

    def sole_key(self, model: Model, node: Any) -> UniqueKey | None:
        """Return the key if the filter is that key and nothing else."""
        if len(node) != 1:
            return None
        return next((key for key in model.uniques if self._is_given(key, node)), None)

    def key_values(self, key: UniqueKey, node: Any, path: str) -> dict[str, Source]:
        """Bind the values of a unique key that the filter gives."""
        parts = node[key.name] if len(key.fields) > 1 else node
        return {field.name: self._values.one(field, parts[field.name], path) for field in key.fields}

    def _is_given(self, key: UniqueKey, node: Any) -> bool:
        part = node.get(key.name)
        if len(key.fields) == 1:
            return part is not None
        return isinstance(part, dict) and all(part.get(field.name) is not None for field in key.fields)

    def _entry(self, model: Model, key: str, node: Any, path: str, nested: bool) -> Condition | None:
        if key in model.fields:
            return self._scalar(model.fields[key], node, path)
        if key in model.relations and not self._grouped:
            return self._relation(model.relations[key], node, path)
        if key in ("AND", "OR", "NOT"):
            return self._logic(model, key, node, path, nested)
        compound = next((unique for unique in model.uniques if unique.name == key), None)
        if compound is None:
            known = [*model.fields, *model.relations, "AND", "OR", "NOT"]
            raise unknown_field(path, f"the model {model.name}", known)
        return self._compound(compound, node, path)

    def _compound(self, key: UniqueKey, node: Any, path: str) -> Condition:
        node = mapping(node, path)
        names = [field.name for field in key.fields]
        for name in node:
            if name not in names:
                raise unknown_field(f"{path}.{name}", f"the key {key.name}", names)
        parts = [self._equals(field, node.get(field.name), f"{path}.{field.name}") for field in key.fields]
        return AllOf(tuple(parts))

    def _logic(self, model: Model, key: str, node: Any, path: str, nested: bool) -> Condition | None:
        """Bind AND, OR or NOT. Only an outermost OR means something without parts: no row at all."""
        if key == "OR" and not isinstance(node, list):
            raise wrong_type(path, "a list of filters", node)
        items = [self._filter(model, item, at, nested=True) for item, at in one_or_many(node, path)]
        if not any(items):
            return AnyOf(()) if key == "OR" and not nested else None
        match key:
            case "AND":
                return all_of(items)
            case "OR":
                return any_of(items)
            case _:
                return all_of([Not(part) for part in merge_searches(items)])

    def _scalar(self, field: Field, node: Any, path: str) -> Condition | None:
        if not isinstance(node, dict):
            return self._list_equals(field, node, path) if field.is_list else self._equals(field, node, path)
        if is_json_filter(field, node):
            return bind_json_filter(field, node, path)
        insensitive = self._is_insensitive(field, node, path)
        return self._operators(field, node, path, insensitive, negated=False)

    def _operators(
        self, field: Field, node: Node, path: str, insensitive: bool, *, negated: bool
    ) -> Condition | None:
        """Bind operators that must all hold, or, as Prisma reads a `not`, of which none may hold."""
        parts: list[Condition | None] = []
        for key, item in node.items():
            operator, at = spelled(key), f"{path}.{key}"
            if self._grouped and str(key).startswith("_"):
                over = aggregate_field(field, key, at)
                parts.append(self._operators(over, mapping(item, at), at, insensitive=False, negated=negated))
            elif operator == "not":
                parts.append(self._not(field, item, at, insensitive, negated=negated))
            elif operator != "mode":
                part = self._operator(field, operator, item, at, insensitive)
                parts.append(Not(part) if negated else part)
        return all_of(parts)

    def _is_insensitive(self, field: Field, node: dict[str, Any], path: str) -> bool:
        mode = node.get("mode")
        if mode is None:
            return False
        if field.type != "String" or field.is_list or mode not in ("default", "insensitive"):
            raise wrong_type(f"{path}.mode", "'default' or 'insensitive' (on a String)", mode)
        return bool(mode == "insensitive" and field.native not in _WITHOUT_CASE)

    def _operator(self, field: Field, name: str, node: Any, path: str, insensitive: bool) -> Condition:
        operator = find_operator(field, name)
        if operator is None:
            kind = f"{field.type}[]" if field.is_list else field.type
            raise unknown_field(path, f"a filter on {kind}", (*names_of(field), "not"))
        if name == "equals":
            equals = self._list_equals if field.is_list else self._equals
            return equals(field, node, path, insensitive)
        match operator.takes:
            case "list":
                return self._among(field, operator, node, path, insensitive)
            case "search":
                return Search((field,), self._values.one(field, node, path))
            case "flag":
                return self._flag(field, operator, node, path)
            case "one" if operator.pattern is not None:
                return Compare(
                    field, operator, self._pattern(field, operator.pattern, node, path), insensitive
                )
            case "one":
                return Compare(field, operator, self._values.one(field, node, path), insensitive)
        assert_never(operator.takes)

    def _among(self, field: Field, operator: Operator, node: Any, path: str, insensitive: bool) -> Condition:
        if node is None and not field.is_required and not field.is_list:
            return IsNull(field) if operator is OPERATORS["in"] else Not(IsNull(field))
        return Compare(field, operator, self._values.many(field, node, path), insensitive)

    def _flag(self, field: Field, operator: Operator, node: Any, path: str) -> Condition:
        if not isinstance(node, bool):
            raise wrong_type(path, "True or False", node)
        condition = Compare(field, operator, self._values.many(field, [], path))
        return condition if node else Not(condition)

    def _not(
        self, field: Field, node: Any, path: str, insensitive: bool, *, negated: bool
    ) -> Condition | None:
        """Bind `not`: of a value always "differs", of operators the contrary of each."""
        if isinstance(node, dict):
            either = insensitive or self._is_insensitive(field, node, path)
            return self._operators(field, node, path, either, negated=not negated)
        if node is None:
            return Not(IsNull(field))
        if field.is_list:
            return Not(self._list_equals(field, node, path))
        return Compare(field, DIFFERS, self._values.one(field, node, path), insensitive)

    def _equals(self, field: Field, node: Any, path: str, insensitive: bool = False) -> Condition:
        if node is None:
            if field.is_required:
                raise wrong_type(path, f"{field.type}, since the field is never null", node)
            return IsNull(field)
        return Compare(field, OPERATORS["equals"], self._values.one(field, node, path), insensitive)

    def _list_equals(self, field: Field, node: Any, path: str, insensitive: bool = False) -> Condition:
        if node is None:
            return IsNull(field)
        return Compare(field, LIST_OPERATORS["equals"], self._values.many(field, node, path), insensitive)

    def _pattern(self, field: Field, pattern: str, node: Any, path: str) -> Source:
        """Bind the text of a LIKE with its wildcards escaped: a customer's `%` means a percent sign."""
        text = self._values.one(field, node, path)
        assert isinstance(text, SlotValue)
        return SlotValue(text.index, like(pattern, text.convert), path)

    def _relation(self, relation: Relation, node: Any, path: str) -> Condition | None:
        if relation.is_list:
            parts = mapping(node, path)
            return all_of(self._quantified(relation, key, parts[key], f"{path}.{key}") for key in parts)
        if node is None:
            return self._without(relation)
        node = mapping(node, path)
        if node and not node.keys() & {"is", "is_not", "isNot"}:
            return self._some(relation, node, path)
        return all_of(self._to_one(relation, spelled(key), node[key], f"{path}.{key}") for key in node)

    def _to_one(self, relation: Relation, key: str, node: Any, path: str) -> Condition:
        match key, node:
            case "is", None:
                return self._without(relation)
            case "is", _:
                return self._some(relation, node, path)
            case "is_not", None:
                return Not(self._without(relation))
            case "is_not", _:
                return Related(relation, self._far(relation, node, path), exists=False)
            case _:
                raise unknown_field(path, "a filter on a relation", ("is", "is_not"))

    def _without(self, relation: Relation) -> Condition:
        if not relation.owns_key:
            return Related(relation, ALWAYS, exists=False)
        return Unlinked(relation)

    def _quantified(self, relation: Relation, key: str, node: Any, path: str) -> Condition:
        match key:
            case "some":
                return self._some(relation, node, path)
            case "none":
                return Related(relation, self._far(relation, node, path), exists=False)
            case "every":
                where = self._far(relation, node, path)
                return where if where == ALWAYS else Related(relation, Not(where), exists=False)
            case _:
                raise unknown_field(path, "a filter on a list of relations", ("some", "every", "none"))

    def _some(self, relation: Relation, node: Any, path: str) -> Condition:
        return Related(relation, self._far(relation, node, path), exists=True)

    def _far(self, relation: Relation, node: Any, path: str) -> Condition:
        return self.where(self._models[relation.target], node, path)
