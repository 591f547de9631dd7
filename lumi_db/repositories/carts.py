"""Carts and what lies in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Cart  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class CartRepository(Repository["Cart"]):
    """What customers are about to buy."""

    entity = "Cart"
