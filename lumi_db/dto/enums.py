"""The schema's enums as types of fields: for type checkers the generated client's, which is not loaded for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from .kinds import OneOf

__all__ = [
    "CardAssociation",
    "CardType",
    "CollectionStatus",
    "CouponType",
    "InventoryPolicy",
    "MediaProvider",
    "MediaType",
    "PaymentChannel",
    "PaymentGroup",
    "PaymentProvider",
    "ProductStatus",
]

if TYPE_CHECKING:
    from lumi_db.types import (
        CardAssociation,
        CardType,
        CollectionStatus,
        CouponType,
        InventoryPolicy,
        MediaProvider,
        MediaType,
        PaymentChannel,
        PaymentGroup,
        PaymentProvider,
        ProductStatus,
    )
else:
    CardAssociation = Annotated[Any, OneOf("CardAssociation")]
    CardType = Annotated[Any, OneOf("CardType")]
    CollectionStatus = Annotated[Any, OneOf("CollectionStatus")]
    CouponType = Annotated[Any, OneOf("CouponType")]
    InventoryPolicy = Annotated[Any, OneOf("InventoryPolicy")]
    MediaProvider = Annotated[Any, OneOf("MediaProvider")]
    MediaType = Annotated[Any, OneOf("MediaType")]
    PaymentChannel = Annotated[Any, OneOf("PaymentChannel")]
    PaymentGroup = Annotated[Any, OneOf("PaymentGroup")]
    PaymentProvider = Annotated[Any, OneOf("PaymentProvider")]
    ProductStatus = Annotated[Any, OneOf("ProductStatus")]
