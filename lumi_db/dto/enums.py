"""The schema's enums as types of fields: for type checkers the generated client's, which is not loaded for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from .kinds import OneOf

__all__ = [
    "ActorType",
    "AuditAction",
    "CardAssociation",
    "CardType",
    "CartStatus",
    "CollectionStatus",
    "CouponType",
    "InventoryPolicy",
    "MediaProvider",
    "MediaType",
    "OrderStatus",
    "PaymentChannel",
    "PaymentGroup",
    "PaymentProvider",
    "PaymentRefundStatus",
    "PaymentStatus",
    "ProductStatus",
    "ReviewStatus",
    "SecurityEventType",
    "UserStatus",
]

if TYPE_CHECKING:
    from lumi_db.types import (
        ActorType,
        AuditAction,
        CardAssociation,
        CardType,
        CartStatus,
        CollectionStatus,
        CouponType,
        InventoryPolicy,
        MediaProvider,
        MediaType,
        OrderStatus,
        PaymentChannel,
        PaymentGroup,
        PaymentProvider,
        PaymentRefundStatus,
        PaymentStatus,
        ProductStatus,
        ReviewStatus,
        SecurityEventType,
        UserStatus,
    )
else:
    ActorType = Annotated[Any, OneOf("ActorType")]
    AuditAction = Annotated[Any, OneOf("AuditAction")]
    CardAssociation = Annotated[Any, OneOf("CardAssociation")]
    CardType = Annotated[Any, OneOf("CardType")]
    CartStatus = Annotated[Any, OneOf("CartStatus")]
    CollectionStatus = Annotated[Any, OneOf("CollectionStatus")]
    CouponType = Annotated[Any, OneOf("CouponType")]
    InventoryPolicy = Annotated[Any, OneOf("InventoryPolicy")]
    MediaProvider = Annotated[Any, OneOf("MediaProvider")]
    MediaType = Annotated[Any, OneOf("MediaType")]
    OrderStatus = Annotated[Any, OneOf("OrderStatus")]
    PaymentChannel = Annotated[Any, OneOf("PaymentChannel")]
    PaymentGroup = Annotated[Any, OneOf("PaymentGroup")]
    PaymentProvider = Annotated[Any, OneOf("PaymentProvider")]
    PaymentRefundStatus = Annotated[Any, OneOf("PaymentRefundStatus")]
    PaymentStatus = Annotated[Any, OneOf("PaymentStatus")]
    ProductStatus = Annotated[Any, OneOf("ProductStatus")]
    ReviewStatus = Annotated[Any, OneOf("ReviewStatus")]
    SecurityEventType = Annotated[Any, OneOf("SecurityEventType")]
    UserStatus = Annotated[Any, OneOf("UserStatus")]
