"""The areas of the schema, in the order of a purchase: a page of docs/schema/ and a picture of docs/er/ each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """Some models that are read together; `name` is the name of their page and picture."""

    name: str
    title: str
    models: tuple[str, ...]


AREAS = (
    Area(
        "people",
        "People and what they may do",
        (
            "User", "UserSession", "Role", "Permission", "RolePermission", "UserRole", "UserPermission",
            "SecurityEvent"
        ),
    ),
    Area(
        "catalogue",
        "Catalogue",
        (
            "Product", "ProductVariant", "Category", "ProductCategory", "Collection", "ProductCollection",
            "Inventory"
        ),
    ),
    Area("media", "Media", ("Media", "ProductMedia", "VariantMedia", "ReviewMedia")),
    Area("carts", "Carts and addresses", ("Cart", "CartItem", "Address")),
    Area("orders", "Orders and coupons", ("Order", "OrderItem", "Coupon", "CouponUsage")),
    Area("payments", "Payments", ("Payment", "PaymentRefund", "SavedCard")),
    Area("reviews", "Reviews and audit", ("Review", "AuditLog")),
)  # fmt: skip

_BY_MODEL = {model: area for area in AREAS for model in area.models}


def area_of(model: str) -> Area:
    """Return the area that a model is in; raises LookupError with the remedy where it is in none."""
    if model not in _BY_MODEL:
        raise LookupError(f"{model} is in no area: add it to AREAS of tools/areas.py.")
    return _BY_MODEL[model]


def check_areas(models: Collection[str]) -> None:
    """Raise LookupError with the remedy unless every model is in an area, and nothing else is."""
    for model in models:
        area_of(model)
    for model in _BY_MODEL:
        if model not in models:
            raise LookupError(f"{model} is not in the schema: take it out of AREAS of tools/areas.py.")
