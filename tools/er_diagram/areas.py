"""The areas of the schema, in the order of a purchase: which models each has, and its colour."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its heading, its models, and the colours of headers, of the ground behind and of lines.

    `flipped` names foreign keys whose link is drawn to the left in the picture of this area, for a better balance.
    """

    name: str
    title: str
    models: tuple[str, ...]
    header: str
    ground: str
    line: str
    flipped: frozenset[str] = frozenset()


AREAS = (
    Area(
        "people",
        "People and what they may do",
        (
            "User",
            "UserSession",
            "Role",
            "Permission",
            "RolePermission",
            "UserRole",
            "UserPermission",
            "SecurityEvent",
        ),
        header="#dbe7fb",
        ground="#f3f7fe",
        line="#3b6fc4",
        flipped=frozenset({"UserRole.userId", "UserPermission.userId"}),
    ),
    Area(
        "catalogue",
        "Catalogue",
        (
            "Product",
            "ProductVariant",
            "Category",
            "ProductCategory",
            "Collection",
            "ProductCollection",
            "Inventory",
        ),
        header="#d6efdd",
        ground="#f2faf4",
        line="#2f8551",
        flipped=frozenset({"ProductCategory.categoryId", "ProductCollection.collectionId"}),
    ),
    Area(
        "media",
        "Media",
        ("Media", "ProductMedia", "VariantMedia", "ReviewMedia"),
        header="#d3eef0",
        ground="#f1fafb",
        line="#1d8189",
        flipped=frozenset({"ProductMedia.productId", "VariantMedia.variantId", "ReviewMedia.reviewId"}),
    ),
    Area(
        "carts",
        "Carts and addresses",
        ("Cart", "CartItem", "Address"),
        header="#fbe6c8",
        ground="#fef8ee",
        line="#b06f12",
        flipped=frozenset({"CartItem.productVariantId"}),
    ),
    Area(
        "orders",
        "Orders and coupons",
        ("Order", "OrderItem", "Coupon", "CouponUsage"),
        header="#fadbd3",
        ground="#fef4f1",
        line="#bd4f33",
        flipped=frozenset(
            {
                "OrderItem.productId",
                "OrderItem.productVariantId",
                "CouponUsage.userId",
                "CouponUsage.couponId",
            }
        ),
    ),
    Area(
        "payments",
        "Payments",
        ("Payment", "PaymentRefund", "SavedCard"),
        header="#e9dcf8",
        ground="#f8f4fd",
        line="#7d4bb8",
    ),
    Area(
        "reviews",
        "Reviews and audit",
        ("Review", "AuditLog"),
        header="#f8d9e8",
        ground="#fdf3f8",
        line="#b23a76",
    ),
)

# the same for the overview
FLIPPED = frozenset({"UserRole.userId", "UserPermission.userId", "Review.orderId", "Payment.orderId"})

_BY_MODEL = {model: area for area in AREAS for model in area.models}


def area_of(model: str) -> Area:
    """Return the area that a model is in; raises LookupError with the remedy where it is in none."""
    if model not in _BY_MODEL:
        raise LookupError(f"{model} is in no area: add it to AREAS of tools/er_diagram/areas.py.")
    return _BY_MODEL[model]


def check_areas(models: Collection[str]) -> None:
    """Raise LookupError with the remedy unless every model is in an area, and nothing else is."""
    for model in models:
        area_of(model)
    for model in _BY_MODEL:
        if model not in models:
            raise LookupError(
                f"{model} is not in the schema: take it out of AREAS of tools/er_diagram/areas.py."
            )
