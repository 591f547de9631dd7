"""The `///` comments of schema.prisma, as `prisma generate` left them in datamodel.json."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lumi_db.client import FOLDER
from lumi_db.config import project_root

_UNSUPPORTED = re.compile(r'^  ///\s*(.+)\n  (\w+)\s+Unsupported\("', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Comments:
    """What is said of models, of fields (by model and name), of enums and of their values (by enum, in order)."""

    models: Mapping[str, str]
    fields: Mapping[tuple[str, str], str]
    enums: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


def read_comments() -> Comments:
    """Read what the generated client knows, and from schema.prisma what Prisma's generators are not told."""
    content: dict[str, Any] = json.loads((FOLDER / "datamodel.json").read_text(encoding="utf-8"))
    models, enums = content["datamodel"]["models"], content["datamodel"]["enums"]
    fields = {(model["name"], field["name"]): _said(field) for model in models for field in model["fields"]}
    return Comments(
        models={model["name"]: _said(model) for model in models},
        fields=fields | _unsupported(project_root() / "schema.prisma"),
        enums={enum["name"]: _said(enum) for enum in enums},
        values={enum["name"]: {one["name"]: _said(one) for one in enum["values"]} for enum in enums},
    )


def _said(raw: Mapping[str, Any]) -> str:
    return " ".join(str(raw.get("documentation") or "").split())


def _unsupported(schema: Path) -> dict[tuple[str, str], str]:
    """Fields of a type that Prisma has not are missing in datamodel.json."""
    text = schema.read_text(encoding="utf-8")
    return {
        (model, field): said
        for model, body in re.findall(r"^model (\w+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
        for said, field in _UNSUPPORTED.findall(body)
    }
