"""Answers for the columns of the catalogue models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Cents, Integer, JsonValue, Row, Time, Yes


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
    price: Cents
    compare_at_price: Cents | None
    currency: str
    inventory_policy: enums.InventoryPolicy
    search_keywords: list[str]
    attributes: JsonValue
    version: Integer
    deleted_at: Time | None
    created_at: Time
    updated_at: Time


class ProductVariantRow(Row):
    """The columns of ProductVariant."""

    of_model: ClassVar[str] = "ProductVariant"

    id: str
    product_id: str
    title: str
    sku: str
    price: Cents
    compare_at_price: Cents | None
    stock: Integer
    attributes: JsonValue
    weight_grams: Integer | None
    is_primary: Yes
    version: Integer
    deleted_at: Time | None
    created_at: Time
    updated_at: Time


class CategoryRow(Row):
    """The columns of Category."""

    of_model: ClassVar[str] = "Category"

    id: str
    name: str
    slug: str
    description: str | None
    parent_id: str | None
    level: Integer
    path: str
    image_url: str | None
    icon_url: str | None
    display_order: Integer
    deleted_at: Time | None
    created_at: Time
    updated_at: Time


class ProductCategoryRow(Row):
    """The columns of ProductCategory."""

    of_model: ClassVar[str] = "ProductCategory"

    product_id: str
    category_id: str
    is_primary: Yes
    assigned_at: Time
    created_at: Time
    updated_at: Time


class CollectionRow(Row):
    """The columns of Collection."""

    of_model: ClassVar[str] = "Collection"

    id: str
    name: str
    slug: str
    description: str | None
    image_url: str | None
    status: enums.CollectionStatus
    display_order: Integer
    deleted_at: Time | None
    created_at: Time
    updated_at: Time


class ProductCollectionRow(Row):
    """The columns of ProductCollection."""

    of_model: ClassVar[str] = "ProductCollection"

    product_id: str
    collection_id: str
    display_order: Integer
    created_at: Time
    updated_at: Time


class InventoryRow(Row):
    """The columns of Inventory."""

    of_model: ClassVar[str] = "Inventory"

    id: str
    product_variant_id: str
    quantity_available: Integer
    quantity_reserved: Integer
    quantity_on_hand: Integer
    low_stock_threshold: Integer
    version: Integer
    created_at: Time
    updated_at: Time
