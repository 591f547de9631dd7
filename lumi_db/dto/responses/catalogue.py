"""Answers about products, variants, categories, collections, stock; to and from rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from lumi_db.dto.catalogue import CategoryUpdate, CollectionUpdate, ProductUpdate, VariantUpdate
from lumi_db.dto.responses.media import ProductMediaResponse, VariantMediaResponse
from lumi_db.dto.row import is_row
from lumi_db.dto.rows.catalogue import (
    CategoryRow,
    CollectionRow,
    InventoryRow,
    ProductCategoryRow,
    ProductCollectionRow,
    ProductRow,
    ProductVariantRow,
)

if TYPE_CHECKING:
    from lumi_db.types import (
        Category,
        Collection,
        Inventory,
        Product,
        ProductCategory,
        ProductCollection,
        ProductVariant,
    )


class InventoryResponse(InventoryRow):
    """How many pieces of a variant there are."""


class CategoryResponse(CategoryRow):
    """A place in the tree of what is sold."""


class ProductCategoryResponse(ProductCategoryRow):
    """A category that a product is in."""

    category: CategoryResponse | None = None


class CollectionResponse(CollectionRow):
    """Products that are shown together."""


class ProductCollectionResponse(ProductCollectionRow):
    """A collection that a product is in."""

    collection: CollectionResponse | None = None


class VariantResponse(ProductVariantRow):
    """A size and colour of a product."""

    inventory: InventoryResponse | None = None
    media: list[VariantMediaResponse] | None = None


class ProductResponse(ProductRow):
    """What is sold."""

    variants: list[VariantResponse] | None = None
    categories: list[ProductCategoryResponse] | None = None
    collections: list[ProductCollectionResponse] | None = None
    media: list[ProductMediaResponse] | None = None


def to_inventory_response(row: Inventory) -> InventoryResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return InventoryResponse.of(row)


def is_inventory(value: object) -> TypeGuard[Inventory]:
    """Tell whether a value is a row of Inventory."""
    return is_row(value, "Inventory")


def to_category_response(row: Category) -> CategoryResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return CategoryResponse.of(row)


def to_category_update(answer: CategoryResponse) -> CategoryUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(CategoryUpdate)


def is_category(value: object) -> TypeGuard[Category]:
    """Tell whether a value is a row of Category."""
    return is_row(value, "Category")


def to_product_category_response(row: ProductCategory) -> ProductCategoryResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return ProductCategoryResponse.of(row)


def is_product_category(value: object) -> TypeGuard[ProductCategory]:
    """Tell whether a value is a row of ProductCategory."""
    return is_row(value, "ProductCategory")


def to_collection_response(row: Collection) -> CollectionResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return CollectionResponse.of(row)


def to_collection_update(answer: CollectionResponse) -> CollectionUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(CollectionUpdate)


def is_collection(value: object) -> TypeGuard[Collection]:
    """Tell whether a value is a row of Collection."""
    return is_row(value, "Collection")


def to_product_collection_response(row: ProductCollection) -> ProductCollectionResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return ProductCollectionResponse.of(row)


def is_product_collection(value: object) -> TypeGuard[ProductCollection]:
    """Tell whether a value is a row of ProductCollection."""
    return is_row(value, "ProductCollection")


def to_variant_response(row: ProductVariant) -> VariantResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return VariantResponse.of(row)


def to_variant_update(answer: VariantResponse) -> VariantUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(VariantUpdate)


def is_variant(value: object) -> TypeGuard[ProductVariant]:
    """Tell whether a value is a row of ProductVariant."""
    return is_row(value, "ProductVariant")


def to_product_response(row: Product) -> ProductResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return ProductResponse.of(row)


def to_product_update(answer: ProductResponse) -> ProductUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(ProductUpdate)


def is_product(value: object) -> TypeGuard[Product]:
    """Tell whether a value is a row of Product."""
    return is_row(value, "Product")
