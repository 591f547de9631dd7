"""The schemas on which the two clients are compared."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

from lumi_db.client import FOLDER, SCHEMA, load_generated
from tests.engine.clients import generated_package

TESTS = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class World:
    """One schema; the client of the shop's own is the one that the project generates."""

    name: str
    schema: Path
    migrations: Path
    datamodel: Path

    def load_package(self, root: Path) -> ModuleType:
        """Import the generated Python client, generated now if need be."""
        if self.schema == SCHEMA:
            return load_generated()
        return generated_package(self.schema.parent, root=root)

    def load_fields(self, root: Path) -> ModuleType:
        """Import the generated module with the classes of Json and Bytes."""
        return import_module(f"{self.load_package(root).__name__}.fields")


def _of_tests(name: str) -> World:
    folder = TESTS / "engine" / name
    return World(
        name, folder / "schema.prisma", folder / "migrations", folder / "generated" / "datamodel.json"
    )


BLOG = _of_tests("blog")
NATIVES = _of_tests("natives")
SHOP = World("shop", SCHEMA, SCHEMA.parent / "prisma" / "migrations", FOLDER / "datamodel.json")
