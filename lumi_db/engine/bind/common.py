"""What every part of binding needs: names of arguments, values, and errors that name the path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..datamodel import Datamodel, Field, Model
from ..errors import EngineError
from ..shape import Slot
from ..sources import Constant, InvalidValue, SlotValue, Source
from ..values import accepts, converter, describe, list_converter

# Prisma's spelling of what prisma-client-py writes with underscores; both are understood.
_SPELLINGS = {
    "startsWith": "startswith",
    "endsWith": "endswith",
    "notIn": "not_in",
    "hasEvery": "has_every",
    "hasSome": "has_some",
    "isEmpty": "is_empty",
    "isNot": "is_not",
    "orderBy": "order_by",
    "connectOrCreate": "connect_or_create",
    "createMany": "create_many",
    "updateMany": "update_many",
    "deleteMany": "delete_many",
    "skipDuplicates": "skip_duplicates",
}

Node = Mapping[str, Any]
_LONGEST_PATH = 200


def spelled(key: str) -> str:
    return _SPELLINGS.get(key, key)


def join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def unknown_field(path: str, what: str, known: Iterable[str]) -> EngineError:
    names, path = ", ".join(known), _shown(path)
    return EngineError("P2009", f"`{path}` does not exist: {what} has {names}.", {"path": path})


def _shown(path: str) -> str:
    """Return a path fit for a log: its last part is the caller's, of any length and any characters."""
    path = path if len(path) <= _LONGEST_PATH else f"{path[:_LONGEST_PATH]}…"
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in path)


def wrong_type(path: str, wanted: str, node: Any) -> EngineError:
    return EngineError("P2019", f"`{path}` must be {wanted}, not {_type_name(node)}.", {"path": path})


def refused(path: str, reason: str) -> EngineError:
    return EngineError("P2019", f"`{path}`: {reason}", {"path": path})


def missing(path: str, model: str) -> EngineError:
    return EngineError(
        "P2012", f"A value is required but not set: `{path}` of the model {model}.", {"path": path}
    )


def _type_name(node: Any) -> str:
    if isinstance(node, Slot):
        return node.type.__name__
    return "None" if node is None else "a dict" if isinstance(node, Mapping) else type(node).__name__


def mapping(node: Any, path: str) -> Node:
    if isinstance(node, Mapping):
        return node
    raise wrong_type(path, "a dict", node)


def one_or_many(node: Any, path: str) -> list[tuple[Any, str]]:
    """Return the nodes of a list, or the one node that may stand for it, each with its path."""
    if isinstance(node, list):
        return [(item, f"{path}.{index}") for index, item in enumerate(node)]
    return [(node, path)]


class Values:
    """Turns the leaves of a call into sources, checked by their type."""

    def __init__(self, datamodel: Datamodel) -> None:
        self.datamodel = datamodel
        self.enums = datamodel.enums

    def one(self, field: Field, node: Any, path: str) -> Source:
        """Bind a value that is one element of the field."""
        kind = node.type if isinstance(node, Slot) else type(node)
        if isinstance(node, (Mapping, list)) or node is None or not accepts(field, kind):
            raise wrong_type(path, describe(field), node)
        return self._source(converter(field, self.enums), node, path)

    def many(self, field: Field, node: Any, path: str) -> Source:
        """Bind a list of elements of the field."""
        if node == []:
            return Constant([])
        if not isinstance(node, Slot) or node.type is not list:
            raise wrong_type(path, f"a list, each element {describe(field)}", node)
        return self._source(list_converter(field, self.enums), node, path)

    def whole(self, field: Field, node: Any, path: str) -> Source:
        """Bind what is stored in the field: a list for a list field."""
        return self.many(field, node, path) if field.is_list else self.one(field, node, path)

    def _source(self, convert: Any, node: Any, path: str) -> Source:
        if isinstance(node, Slot):
            return SlotValue(node.index, convert, path)
        try:
            return Constant(convert(node))
        except InvalidValue as error:
            raise EngineError("P2019", f"`{path}`: {error}", {"path": path}) from None


def in_schema_order(model: Model, keys: Iterable[str]) -> list[str]:
    """Sort keys as the schema has them, so that equal calls give equal SQL; AND, OR and NOT stay last."""
    order = {name: index for index, name in enumerate((*model.fields, *model.relations))}
    return sorted(keys, key=lambda key: order.get(key, len(order)))
