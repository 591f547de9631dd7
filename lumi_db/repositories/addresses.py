"""Addresses of users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Address  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class AddressRepository(Repository["Address"]):
    """Places that users have parcels and invoices sent to."""

    entity = "Address"
