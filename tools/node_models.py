"""Write `node/extension/models.mjs`, what the extension for Node knows of the schema: `python -m tools.node_models`."""

from __future__ import annotations

import sys
from pathlib import Path

from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Model, Relation

FILE = Path(__file__).resolve().parent.parent / "node" / "extension" / "models.mjs"
HEAD = """// The models of schema.prisma. Written by `python -m tools.node_models`; a test fails when the two part.
// `cascades` is on a required relation whose row takes this one along when it is deleted.
export const models = {
"""


def render() -> str:
    """Return the text of the file."""
    return HEAD + "".join(map(_model, load_datamodel().models.values())) + "}\n"


def _model(model: Model) -> str:
    marks = [f"{mark}: true, " for mark, field in (("softDelete", "deletedAt"), ("version", "version"))
             if field in model.fields]  # fmt: skip
    relations = "".join(map(_relation, model.relations.values()))
    return f"  {model.name}: {{\n    {''.join(marks)}relations: {{\n{relations}    }},\n  }},\n"


def _relation(relation: Relation) -> str:
    kind = "list" if relation.is_list else "required" if relation.is_required else "optional"
    cascades = relation.owns_key and relation.is_required and relation.on_delete == "Cascade"
    facts = f"target: '{relation.target}', kind: '{kind}', opposite: '{relation.opposite}'"
    return f"      {relation.name}: {{ {facts}{', cascades: true' if cascades else ''} }},\n"


def main() -> int:
    """Write the file."""
    FILE.write_text(render(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
