"""Stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Inventory  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class InventoryRepository(Repository["Inventory"]):
    """The truth about a variant's stock."""

    entity = "Inventory"
