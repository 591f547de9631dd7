"""Random data of writes: rows, changes of numbers and lists, and nested writes with every verb."""

from __future__ import annotations

from typing import Any

from lumi_db.engine.datamodel import Datamodel, Field, Model, Relation

from .operations_dice import Dice
from .operations_filters import Filters
from .operations_left_out import (
    may_change_key,
    may_connect_or_create,
    may_filter_one,
    may_part_rows,
    may_push_json,
)

_NUMBERS = ("Int", "BigInt", "Float", "Decimal")
_ADDING = ("connect", "create", "connect_or_create")
_CHANGING = ("update", "upsert", "disconnect", "delete")
_CHANGING_MANY = ("set", "update_many", "delete_many")
# Rows are the same on both sides only if what is drawn by chance or by the clock is given.
_DRAWN = ("cuid", "uuid", "nanoid", "ulid", "now", "dbgenerated")


class Data:
    def __init__(self, dice: Dice, filters: Filters, datamodel: Datamodel) -> None:
        self._dice = dice
        self._filters = filters
        self._datamodel = datamodel

    def create(
        self, model: Model, depth: int, linked: Relation | None = None, *, by_relation: bool | None = None
    ) -> dict[str, Any]:
        """Draw a new row; `linked` is the relation of the row that it is created for.

        `by_relation` says that relations set the foreign keys, not fields. In one list all rows are of one kind.
        """
        owned = self._owned(model, linked)
        if by_relation is None:
            by_relation = bool(depth and owned and self._dice.chance(50))
        left_out = _left_out(model, linked, by_relation)
        node = {
            one.name: self._initial(model, one)
            for one in model.fields.values()
            if self._is_given(one, left_out)
        }
        if by_relation:
            for relation in owned:
                if relation.is_required or self._dice.chance(40):
                    node[relation.name] = self._adding(relation, depth - 1)
        return node | self._others(model, linked, depth, is_new=True)

    def rows(self, model: Model, linked: Relation | None = None) -> list[dict[str, Any]]:
        """Draw rows without nested writes, for `create_many`."""
        rows = [self.create(model, 0, linked) for _ in range(self._dice.number(1, 3))]
        apart = [name for name in model.fields if may_part_rows(model.fields[name])]
        given = [name for name in apart if all(name in row for row in rows)]
        return [{key: item for key, item in row.items() if key not in apart or key in given} for row in rows]

    def update(
        self, model: Model, depth: int, linked: Relation | None = None, *, least: int = 0
    ) -> dict[str, Any]:
        """Draw changes of a row: of `least` or more of its own fields."""
        owned = self._owned(model, linked)
        by_relation = bool(depth and owned and self._dice.chance(50))
        node = self._changes(model, _left_out(model, linked, by_relation), least)
        if by_relation:
            relation = self._dice.pick(owned)
            node = {name: item for name, item in node.items() if not model.fields[name].is_updated_at}
            node[relation.name] = self._writing(relation, depth - 1)
        return node | self._others(model, linked, depth, is_new=False)

    def update_many(self, model: Model, linked: Relation | None = None) -> dict[str, Any]:
        return self._changes(model, _left_out(model, linked, by_relation=False))

    def _owned(self, model: Model, linked: Relation | None) -> list[Relation]:
        back = linked.opposite if linked is not None else None
        return [one for one in model.relations.values() if one.owns_key and not _is_back(one, linked, back)]

    def _others(self, model: Model, linked: Relation | None, depth: int, *, is_new: bool) -> dict[str, Any]:
        """Draw nested writes of relations whose foreign key is elsewhere."""
        if not depth or not self._dice.chance(50):
            return {}
        back = linked.opposite if linked is not None else None
        others = [
            one for one in model.relations.values() if not one.owns_key and not _is_back(one, linked, back)
        ]
        draw = self._adding if is_new else self._writing
        return {one.name: draw(one, depth - 1) for one in self._dice.some(others, 1, 2)}

    def _is_given(self, field: Field, left_out: set[str]) -> bool:
        if field.name in left_out:
            return False
        default = field.default
        if default is not None:
            return self._dice.chance(80) if default.function not in _DRAWN else True
        if field.is_updated_at or field.is_list or not field.is_required:
            return self._dice.chance(30)
        return True

    def _initial(self, model: Model, field: Field) -> Any:
        if field.is_list:
            return [self._filters.value(model, field) for _ in range(self._dice.number(0, 2))]
        if not field.is_required and field.type != "Json" and self._dice.chance(20):
            return None
        return self._new_value(model, field)

    def _new_value(self, model: Model, field: Field) -> Any:
        """Draw a value that is mostly new where it must be unique, and mostly there where it points."""
        points = any(one.owns_key and field in one.local for one in model.relations.values())
        unique = any(field in key.fields for key in model.uniques)
        fresh = unique and not points and self._dice.chance(70)
        return self._filters.fresh(field) if fresh else self._filters.value(model, field)

    def _changes(self, model: Model, left_out: set[str], least: int = 0) -> dict[str, Any]:
        fields = [field for field in model.fields.values() if field.name not in left_out]
        return {one.name: self._change(model, one) for one in self._dice.some(fields, least, 3)}

    def _change(self, model: Model, field: Field) -> Any:
        if field.is_list:
            items = [self._filters.value(model, field) for _ in range(self._dice.number(0, 2))]
            if field.type == "Json":
                pushed = [{"push": item} for item in items if may_push_json(item.data)]
                return self._dice.pick([items, {"set": items}, *pushed])
            choices = [items, {"set": items}, {"push": items}, *({"push": item} for item in items)]
            return self._dice.pick(choices)
        if not field.is_required and field.type != "Json" and self._dice.chance(20):
            return None
        if field.type in _NUMBERS and not field.is_enum and self._dice.chance(50):
            operator = self._dice.pick(("increment", "decrement", "multiply", "divide"))
            return {operator: self._dice.pick((1, 2, 3, -1))}
        value = self._new_value(model, field)
        return {"set": value} if field.type != "Json" and self._dice.chance(15) else value

    def _adding(self, relation: Relation, depth: int) -> dict[str, Any]:
        verbs = [
            verb
            for verb in _ADDING
            if verb != "connect_or_create" or may_connect_or_create(self._datamodel, relation)
        ]
        if relation.is_list and relation.join is None:
            verbs.append("create_many")
        most = 2 if relation.is_list else 1
        return {verb: self._verb(relation, verb, depth) for verb in self._dice.some(verbs, 1, most)}

    def _writing(self, relation: Relation, depth: int) -> dict[str, Any]:
        if self._dice.chance(40):
            return self._adding(relation, depth)
        verbs = [verb for verb in _CHANGING if not relation.is_required or verb in ("update", "upsert")]
        if relation.is_list:
            verbs = [*_CHANGING, *_CHANGING_MANY]
        most = 2 if relation.is_list else 1
        return {verb: self._verb(relation, verb, depth) for verb in self._dice.some(verbs, 1, most)}

    def _verb(self, relation: Relation, verb: str, depth: int) -> Any:
        target = self._datamodel.models[relation.target]
        if verb == "create_many":
            return {"data": self.rows(target, relation), "skip_duplicates": self._dice.chance(50)}
        if not relation.is_list:
            return self._one(relation, target, verb, depth)
        count = self._dice.number(0 if verb == "set" else 1, 2)
        if verb == "create":
            by_relation = bool(depth and self._owned(target, relation) and self._dice.chance(50))
            return [self.create(target, depth, relation, by_relation=by_relation) for _ in range(count)]
        items = [self._item(relation, target, verb, depth) for _ in range(count)]
        # a row named twice is not found the second time, if the first has changed its key
        return [item for place, item in enumerate(items) if item not in items[:place]]

    def _item(self, relation: Relation, target: Model, verb: str, depth: int) -> Any:
        match verb:
            case "create":
                return self.create(target, depth, relation)
            case "connect" | "set" | "disconnect" | "delete":
                return self._filters.unique(target)
            case "connect_or_create":
                return {"where": self._filters.unique(target), "create": self.create(target, depth, relation)}
            case "update":
                data = self.update(target, depth, relation, least=1)
                return {"where": self._filters.unique(target), "data": data}
            case "upsert":
                where, create = self._filters.unique(target), self.create(target, depth, relation)
                return {"where": where, "create": create, "update": self.update(target, depth, relation)}
            case "update_many":
                where = self._filters.where(target, 1, relations="none")
                return {"where": where, "data": self.update_many(target, relation)}
            case _:
                return self._filters.where(target, 1, relations="none")

    def _one(self, relation: Relation, target: Model, verb: str, depth: int) -> Any:
        """Draw the write of a single related row, which needs no key."""
        filtered = may_filter_one(relation) and self._dice.chance(20)
        where = {"where": self._filters.where(target, 1)} if filtered else {}
        match verb:
            case "disconnect" | "delete":
                return where.get("where", True)
            case "update":
                return {**where, "data": self._update_one(relation, target, depth)}
            case "upsert":
                create = self.create(target, depth, relation)
                return {**where, "create": create, "update": self._update_one(relation, target, depth)}
            case _:
                return self._item(relation, target, verb, depth)

    def _update_one(self, relation: Relation, target: Model, depth: int) -> dict[str, Any]:
        node = self.update(target, depth, relation)
        held = [] if may_change_key(self._datamodel, relation) else [field.name for field in relation.remote]
        return {key: item for key, item in node.items() if key not in held}


def _is_back(relation: Relation, linked: Relation | None, back: str | None) -> bool:
    return linked is not None and relation.model == linked.target and relation.name == back


def _left_out(model: Model, linked: Relation | None, by_relation: bool) -> set[str]:
    """Name the fields that are not given: a foreign key that is set by a relation, and numbers beside one."""
    names: set[str] = set()
    if linked is not None and not linked.owns_key and linked.join is None:
        names |= {field.name for field in linked.remote}
    if by_relation:
        owned = [one.local for one in model.relations.values() if one.owns_key]
        names |= {field.name for fields in owned for field in fields}
        names |= {
            one.name
            for one in model.fields.values()
            if one.default and one.default.function == "autoincrement"
        }
    return names
