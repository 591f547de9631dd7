"""Payments and saved cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Payment, SavedCard  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class PaymentRepository(Repository["Payment"]):
    """Attempts to pay an order."""

    entity = "Payment"


class SavedCardRepository(Repository["SavedCard"]):
    """Cards a user pays with again."""

    entity = "SavedCard"
