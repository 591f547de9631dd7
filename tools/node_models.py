"""Write `node/prisma/models.mjs`, what the extension for Node knows of the schema: `python -m tools.node_models`."""

from __future__ import annotations

import sys
from pathlib import Path

from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Model, Relation

FILE = Path(__file__).resolve().parent.parent / "node" / "prisma" / "models.mjs"
HEAD = """\
// Written by `python -m tools.node_models`, from schema.prisma. Prisma's own client keeps neither lists nor onDelete at
// run time. A relation is [its model, its kind, its name from there]; the kinds are
//   list      many rows
//   reverse   one row that points at this one, or null
//   optional  one row that this one points at, or null
//   required  one row that this one points at
//   owner     the same, and a real delete of it takes this one along (onDelete: Cascade)
export const models = {
"""


def render() -> str:
    """Return the text of the file."""
    return HEAD + "".join(map(_model, load_datamodel().models.values())) + "}\n"


def _model(model: Model) -> str:
    relations = "".join(f"      {one.name}: {_relation(one)},\n" for one in model.relations.values())
    flags = f"softDelete: {_flag(model, 'deletedAt')}, version: {_flag(model, 'version')}"
    return f"  {model.name}: {{\n    {flags},\n    relations: {{\n{relations}    }},\n  }},\n"


def _relation(relation: Relation) -> str:
    return f"['{relation.target}', '{_kind(relation)}', '{relation.opposite}']"


def _kind(relation: Relation) -> str:
    if relation.is_list:
        return "list"
    if not relation.is_required:
        return "optional" if relation.owns_key else "reverse"
    return "owner" if relation.on_delete == "Cascade" else "required"


def _flag(model: Model, field: str) -> str:
    return "true" if field in model.fields else "false"


if __name__ == "__main__":
    FILE.write_text(render(), encoding="utf-8")
    sys.exit(0)
