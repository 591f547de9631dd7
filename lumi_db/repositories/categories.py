"""The tree of the shop's shelves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Category  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class CategoryRepository(Repository["Category"]):
    """Categories; their path and level are the database's."""

    entity = "Category"
