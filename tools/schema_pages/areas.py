"""The areas of the shop: a page of docs/schema/ and a picture of docs/er/ each."""

from __future__ import annotations

from collections.abc import Iterable
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
            "SecurityEvent",
        ),
    ),
    Area(
        "catalogue",
        "Catalogue",
        (
            "Product", "ProductVariant", "Inventory", "Category", "ProductCategory", "Collection",
            "ProductCollection",
        ),
    ),
    Area("media", "Media", ("Media", "ProductMedia", "VariantMedia", "ReviewMedia")),
    Area("carts", "Carts and addresses", ("Cart", "CartItem", "Address")),
    Area("orders", "Orders and coupons", ("Order", "OrderItem", "Coupon", "CouponUsage")),
    Area("payments", "Payments", ("Payment", "PaymentRefund", "SavedCard")),
    Area("reviews", "Reviews and audit", ("Review", "AuditLog")),
)  # fmt: skip


def link(model: str, *, seen_from: Area | None) -> str:
    """Return a link to a model, from the page of an area or (None) from docs/schema.md."""
    area = get_area(model)
    page = f"schema/{area.name}.md" if seen_from is None else "" if area == seen_from else f"{area.name}.md"
    return f"[{model}]({page}#{model.lower()})"


def get_area(model: str) -> Area:
    """Return the area of a model. Raises LookupError where it has none."""
    for area in AREAS:
        if model in area.models:
            return area
    raise LookupError(f"The model {model} has no area: name it in tools/schema_pages/areas.py.")


def check_areas(models: Iterable[str]) -> None:
    """Raise LookupError where a model has no area, or an area names a model that there is not."""
    named = [model for area in AREAS for model in area.models]
    if gone := sorted(set(named) - set(models)):
        raise LookupError(f"There is no model {gone[0]}: take it out of tools/schema_pages/areas.py.")
    for model in models:
        get_area(model)
