"""`select`, `omit` and `include`: which fields, related rows and counts of them are read.

Rules: https://www.prisma.io/docs/orm/prisma-client/queries/select-fields
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..datamodel import Datamodel, Field, Model, Relation
from ..operation import Include, RelatedCount, Select
from .common import Node, join, mapping, refused, unknown_field, wrong_type
from .filters import Filters

OUTPUTS = ("include", "select", "omit")
_COUNT = "_count"


class Outputs:
    """Binds what is read of one model's rows; `select` binds the arguments of a relation."""

    def __init__(self, datamodel: Datamodel, filters: Filters, select: Callable[..., Select]) -> None:
        self._models = datamodel.models
        self._filters = filters
        self._select = select

    def bind(
        self,
        model: Model,
        node: Node,
        path: str,
        *,
        fields: Sequence[Field] | None = None,
        plain: bool | None = None,
    ) -> Select:
        """Bind what a call, or one relation in it, reads.

        Rows are `plain` as their parents are; at the root (None) they are where `select` or `omit` is given, and models
        with the caller's `fields` otherwise.
        """
        chosen = [name for name in ("select", "omit") if node.get(name) is not None]
        _check_together(node, chosen, path)
        if plain is False and chosen:
            raise _needs_root(join(path, chosen[0]))
        plain = bool(chosen) if plain is None else plain
        if chosen == ["select"]:
            return self._selected(model, node["select"], join(path, "select"))
        kept = model.fields.values() if plain or fields is None else fields
        if chosen == ["omit"]:
            kept = _kept(model, node["omit"], join(path, "omit"))
        includes, counts = self._included(model, node.get("include"), join(path, "include"), plain=plain)
        return Select(model, tuple(kept), includes=includes, counts=counts, plain=plain)

    def _selected(self, model: Model, node: Any, path: str) -> Select:
        wanted = _wanted(mapping(node, path))
        for key in node:
            if key not in model.fields and key not in model.relations and key != _COUNT:
                known = (*model.fields, *model.relations, _COUNT)
                raise unknown_field(f"{path}.{key}", f"the model {model.name}", known)
        for key in wanted:
            if key in model.fields:
                _check_flag(node[key], f"{path}.{key}")
        if not wanted:
            raise refused(path, "it must name at least one field; leave it out to read all.")
        fields = tuple(field for name, field in model.fields.items() if name in wanted)
        includes, counts = self._related(model, node, wanted, path, plain=True)
        return Select(model, fields, includes=includes, counts=counts, plain=True)

    def _included(
        self, model: Model, node: Any, path: str, *, plain: bool
    ) -> tuple[tuple[Include, ...], tuple[RelatedCount, ...]]:
        if node is None:
            return (), ()
        node = mapping(node, path)
        for key in node:
            if key not in model.relations and key != _COUNT:
                raise unknown_field(f"{path}.{key}", f"the model {model.name}", model.relations)
        return self._related(model, node, _wanted(node), path, plain=plain)

    def _related(
        self, model: Model, node: Node, wanted: Sequence[str], path: str, *, plain: bool
    ) -> tuple[tuple[Include, ...], tuple[RelatedCount, ...]]:
        includes = tuple(
            self._include(model.relations[name], node[name], f"{path}.{name}", plain=plain)
            for name in model.relations
            if name in wanted
        )
        if _COUNT not in wanted:
            return includes, ()
        if not plain:
            raise _needs_root(f"{path}.{_COUNT}")
        return includes, self._counts(model, node[_COUNT], f"{path}.{_COUNT}")

    def _include(self, relation: Relation, node: Any, path: str, *, plain: bool) -> Include:
        arguments = {} if node is True else node
        if not isinstance(arguments, dict):
            raise wrong_type(path, "True, False or a dict", node)
        if not relation.is_list:
            _check_single(relation, arguments, path)
        return Include(relation, self._select(self._models[relation.target], arguments, path, plain=plain))

    def _counts(self, model: Model, node: Any, path: str) -> tuple[RelatedCount, ...]:
        lists = {name: relation for name, relation in model.relations.items() if relation.is_list}
        if not lists:
            raise unknown_field(path, f"the model {model.name}", (*model.fields, *model.relations))
        if node is True:
            return tuple(map(RelatedCount, lists.values()))
        _check_known(mapping(node, path), ("select",), path, "a count of relations")
        path = f"{path}.select"
        chosen = mapping(node.get("select"), path)
        _check_known(chosen, lists, path, f"a count of relations of {model.name}")
        wanted = _wanted(chosen)
        if not wanted:
            raise refused(path, "it must name at least one relation.")
        return tuple(
            self._count(lists[name], chosen[name], f"{path}.{name}") for name in lists if name in wanted
        )

    def _count(self, relation: Relation, node: Any, path: str) -> RelatedCount:
        if node is True:
            return RelatedCount(relation)
        if not isinstance(node, dict):
            raise wrong_type(path, "True, False or a dict", node)
        _check_known(node, ("where",), path, f"a count of {relation.name}")
        where = self._filters.where(self._models[relation.target], node.get("where"), f"{path}.where")
        return RelatedCount(relation, where)


def _check_together(node: Node, chosen: Sequence[str], path: str) -> None:
    if len(chosen) == 2:
        raise refused(
            join(path, "omit"), "it cannot stand beside `select`; name what is wanted in `select` alone."
        )
    if chosen == ["select"] and node.get("include") is not None:
        raise refused(
            join(path, "include"), "it cannot stand beside `select`; name the relations in `select` too."
        )


def _kept(model: Model, node: Any, path: str) -> list[Field]:
    for key, item in mapping(node, path).items():
        if key not in model.fields:
            raise unknown_field(f"{path}.{key}", f"the model {model.name}", model.fields)
        _check_flag(item, f"{path}.{key}")
    kept = [field for name, field in model.fields.items() if not node.get(name)]
    if not kept:
        raise refused(path, "it must leave at least one field.")
    return kept


def _wanted(node: Node) -> list[str]:
    return [name for name, item in node.items() if item is not None and item is not False]


def _check_flag(node: Any, path: str) -> None:
    if node is not None and not isinstance(node, bool):
        raise wrong_type(path, "True or False", node)


def _check_known(node: Node, known: Iterable[str], path: str, what: str) -> None:
    for key in node:
        if key not in known:
            raise unknown_field(f"{path}.{key}", what, known)


def _check_single(relation: Relation, arguments: Node, path: str) -> None:
    """One related row has no page; only one that may be missing can be filtered."""
    known = OUTPUTS if relation.is_required else ("where", *OUTPUTS)
    _check_known(arguments, known, path, f"an include of one {relation.target}")


def _needs_root(path: str) -> Any:
    return refused(
        path, "rows that are models have no place for this; give the call a `select` or an `omit`."
    )
