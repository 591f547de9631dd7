"""Addresses of users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lumi_db.dto.accounts import AddressCreate, AddressUpdate

from .owned import OwnedRepository

if TYPE_CHECKING:
    from lumi_db.types import Address  # noqa: F401 - the type argument below


class AddressRepository(OwnedRepository["Address"]):
    """Places that users have parcels and invoices sent to; orders keep copies, so a deleted one harms no order."""

    entity = "Address"
    create_model = AddressCreate
    update_model = AddressUpdate
