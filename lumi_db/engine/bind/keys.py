"""`key` and `update` of upsert_many: names of fields."""

from __future__ import annotations

from typing import Any

from ..datamodel import Field, Model, UniqueKey
from ..errors import EngineError
from .common import missing, unknown_field, wrong_type
from .writes import WriteInputs


class Keys:
    def __init__(self, inputs: WriteInputs) -> None:
        self._inputs = inputs

    def key(self, model: Model, names: Any) -> UniqueKey:
        """Find the unique key that has just these fields."""
        if names is None:
            raise missing("key", model.name)
        wanted = set(self._fields(model, names, "key"))
        for key in model.uniques:
            if wanted == set(key.fields):
                return key
        known = " or ".join(str([field.name for field in key.fields]) for key in model.uniques)
        raise EngineError("P2009", f"`key` must be a unique key of {model.name}: {known}.", {"path": "key"})

    def updated(self, model: Model, names: Any) -> tuple[Field, ...] | None:
        if names is None:
            return None
        fields = self._fields(model, names, "update")
        self._inputs.refuse_inputs(model, [field.name for field in fields], "update", is_new=False)
        return tuple(field for field in model.fields.values() if field in fields)

    def _fields(self, model: Model, names: Any, path: str) -> list[Field]:
        if not isinstance(names, (list, tuple)):
            raise wrong_type(path, "a list of names of fields", names)
        for name in names:
            if not isinstance(name, str) or name not in model.fields:
                raise unknown_field(f"{path}.{name}", f"the model {model.name}", model.fields)
        return [model.fields[name] for name in names]
