"""How each area looks in the pictures, and which links of it are drawn to the left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tools.areas import area_of


@dataclass(frozen=True, slots=True)
class Style:
    """The colours of headers, of the ground behind and of lines.

    `flipped` names foreign keys whose link is drawn to the left in the picture of the area, for a better balance.
    """

    header: str
    ground: str
    line: str
    flipped: frozenset[str] = frozenset()


STYLES: Mapping[str, Style] = {
    "people": Style(
        "#dbe7fb", "#f3f7fe", "#3b6fc4", flipped=frozenset({"UserPermission.userId", "UserRole.userId"})
    ),
    "catalogue": Style(
        "#d6efdd",
        "#f2faf4",
        "#2f8551",
        frozenset({"ProductCategory.categoryId", "ProductCollection.collectionId"}),
    ),
    "media": Style(
        "#d3eef0",
        "#f1fafb",
        "#1d8189",
        frozenset({"ProductMedia.productId", "ReviewMedia.reviewId", "VariantMedia.variantId"}),
    ),
    "carts": Style("#fbe6c8", "#fef8ee", "#b06f12", flipped=frozenset({"CartItem.productVariantId"})),
    "orders": Style(
        "#fadbd3",
        "#fef4f1",
        "#bd4f33",
        frozenset(
            {
                "CouponUsage.couponId",
                "CouponUsage.userId",
                "OrderItem.productId",
                "OrderItem.productVariantId",
            }
        ),
    ),
    "payments": Style("#e9dcf8", "#f8f4fd", "#7d4bb8"),
    "reviews": Style("#f8d9e8", "#fdf3f8", "#b23a76"),
}

# the same for the overview
FLIPPED = frozenset({"UserRole.userId", "UserPermission.userId", "Review.orderId", "Payment.orderId"})


def style_of(model: str) -> Style:
    """Return the style of the area that a model is in; raises LookupError where it is in none."""
    return STYLES[area_of(model).name]
