"""Orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Order  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class OrderRepository(Repository["Order"]):
    """Purchases."""

    entity = "Order"
