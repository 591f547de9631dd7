"""The table: one file a section, in the order and the words of phase-2.md."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent / "table"
SECTIONS = (
    "objectives", "requirements", "setup", "models", "relations", "indexes", "migrations", "seeds", "repositories",
    "performance", "rules", "types", "testing", "documentation", "validation", "metrics", "pitfalls", "deliverables",
    "strategy", "operations", "checklist",
)  # fmt: skip


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Has(_Row):
    """A line below a model: the fields or the indexes that it must have, by their names in the schema."""

    says: str
    fields: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()


class Item(_Row):
    """One item: what phase-2.md says, where it is, and the tests that prove it as `<file>::<function>`."""

    says: str
    code: tuple[str, ...]
    proof: tuple[str, ...]
    note: str = ""
    model: str = ""
    has: tuple[Has, ...] = ()


class Part(_Row):
    """The items under one heading; the first of 1.1 has the number 1.1.1, that of D has D1, that of M1 has M1-1."""

    number: str
    title: str
    item: tuple[Item, ...]

    def number_of(self, place: int) -> str:
        between = "." if self.number[0].isdigit() else "" if len(self.number) == 1 else "-"
        return f"{self.number}{between}{place}"

    def numbered(self) -> Iterator[tuple[str, Item]]:
        for place, item in enumerate(self.item, 1):
            yield self.number_of(place), item


class Section(_Row):
    title: str
    part: tuple[Part, ...]

    def count(self) -> int:
        """Return how many items and lines below them there are."""
        return sum(1 + len(item.has) for part in self.part for item in part.item)


def read_sections() -> list[Section]:
    """Return the table; raises pydantic's ValidationError where a row has another shape."""
    texts = [(FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in SECTIONS]
    return [Section.model_validate(tomllib.loads(text)) for text in texts]
