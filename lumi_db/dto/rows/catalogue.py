"""Answers for the columns of the catalogue models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import JsonValue, Row, Truth, WireAmount, WireInstant, WireInteger


class ProductRow(Row):
    """The columns of Product."""

    of_model: ClassVar[str] = "Product"

    id: str
    title: str
    slug: str
    sku: str | None
    description: str | None
    summary: str | None
    status: enums.ProductStatus
    price: WireAmount
    compare_at_price: WireAmount | None
    currency: str
    inventory_policy: enums.InventoryPolicy
    search_keywords: list[str]
    attributes: JsonValue
    version: WireInteger
    deleted_at: WireInstant | None
    created_at: WireInstant
    updated_at: WireInstant


class ProductVariantRow(Row):
    """The columns of ProductVariant."""

    of_model: ClassVar[str] = "ProductVariant"

    id: str
    product_id: str
    title: str
    sku: str
    price: WireAmount
    compare_at_price: WireAmount | None
    stock: WireInteger
    attributes: JsonValue
    weight_grams: WireInteger | None
    is_primary: Truth
    version: WireInteger
    deleted_at: WireInstant | None
    created_at: WireInstant
    updated_at: WireInstant


class CategoryRow(Row):
    """The columns of Category."""

    of_model: ClassVar[str] = "Category"

    id: str
    name: str
    slug: str
    description: str | None
    parent_id: str | None
    level: WireInteger
    path: str
    image_url: str | None
    icon_url: str | None
    display_order: WireInteger
    deleted_at: WireInstant | None
    created_at: WireInstant
    updated_at: WireInstant


class ProductCategoryRow(Row):
    """The columns of ProductCategory."""

    of_model: ClassVar[str] = "ProductCategory"

    product_id: str
    category_id: str
    is_primary: Truth
    assigned_at: WireInstant
    created_at: WireInstant
    updated_at: WireInstant


class CollectionRow(Row):
    """The columns of Collection."""

    of_model: ClassVar[str] = "Collection"

    id: str
    name: str
    slug: str
    description: str | None
    image_url: str | None
    status: enums.CollectionStatus
    display_order: WireInteger
    deleted_at: WireInstant | None
    created_at: WireInstant
    updated_at: WireInstant


class ProductCollectionRow(Row):
    """The columns of ProductCollection."""

    of_model: ClassVar[str] = "ProductCollection"

    product_id: str
    collection_id: str
    display_order: WireInteger
    created_at: WireInstant
    updated_at: WireInstant


class InventoryRow(Row):
    """The columns of Inventory."""

    of_model: ClassVar[str] = "Inventory"

    id: str
    product_variant_id: str
    quantity_available: WireInteger
    quantity_reserved: WireInteger
    quantity_on_hand: WireInteger
    low_stock_threshold: WireInteger
    version: WireInteger
    created_at: WireInstant
    updated_at: WireInstant
