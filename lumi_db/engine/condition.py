"""Conditions: what a row must meet, checked against the datamodel; a part of operations, and imported with them."""

from __future__ import annotations

from dataclasses import dataclass

from .datamodel import Field, Relation
from .operators import Operator
from .sources import Source


@dataclass(frozen=True, slots=True)
class Compare:
    """One operator on one column, or on what lies at `path` in a column of Json."""

    field: Field
    operator: Operator
    value: Source
    insensitive: bool = False
    path: Source | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """Full-text search in the text of these fields, joined."""

    fields: tuple[Field, ...]
    text: Source


@dataclass(frozen=True, slots=True)
class IsNull:
    field: Field


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


@dataclass(frozen=True, slots=True)
class Related:
    """Some related row meets `where` (`exists`), or none does."""

    relation: Relation
    where: Condition
    exists: bool


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The row's own foreign key is empty: there is no row at the other end of the relation."""

    relation: Relation


Condition = Compare | Search | IsNull | AllOf | AnyOf | Not | Related | Unlinked

ALWAYS = AllOf(())
