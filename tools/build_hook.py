"""Refuse to build a package without the generated client: it would install, and fail where it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GeneratedClientHook(BuildHookInterface[Any]):
    """Run by hatchling before it builds; an editable install, which `make setup` begins with, has no client yet."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        folder = Path(self.root) / "lumi_db" / "generated"
        missing = [name for name in ("client.py", "datamodel.json") if not (folder / name).exists()]
        if missing and version != "editable":
            raise FileNotFoundError(
                f"{folder / missing[0]} is missing: run `make setup`, which generates it."
            )
