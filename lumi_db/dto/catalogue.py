"""Inputs of the catalogue: categories, collections, media, products, variants, stock."""

from __future__ import annotations

from typing import Annotated, Any, Self, cast

from pydantic import Field, model_validator

from .base import Changes, Input
from .enums import CollectionStatus, InventoryPolicy, MediaProvider, MediaType, ProductStatus
from .fields import (
    AssetId,
    Count,
    Currency,
    DisplayOrder,
    Id,
    JsonObject,
    LongText,
    MimeType,
    Money,
    Name,
    Quantity,
    Shift,
    Sku,
    Slug,
    Truth,
    Url,
)
from .kinds import refusal

MOST_KEYWORDS = 100
MOST_VARIANTS = 200
MOST_LINKS = 100

Keywords = Annotated[list[Name], Field(max_length=MOST_KEYWORDS)]
Ids = Annotated[list[Id], Field(max_length=MOST_LINKS)]


class CategoryCreate(Input):
    """A category under another one, or at the root."""

    entity = "Category"

    name: Name
    slug: Slug
    description: LongText | None = None
    parentId: Id | None = None
    imageUrl: Url | None = None
    iconUrl: Url | None = None
    displayOrder: DisplayOrder = 0


class CategoryUpdate(Changes):
    """Changes of a category; with another `parentId` it moves, and all below it follows."""

    entity = "Category"

    name: Name | None = None
    slug: Slug | None = None
    description: LongText | None = None
    parentId: Id | None = None
    imageUrl: Url | None = None
    iconUrl: Url | None = None
    displayOrder: DisplayOrder | None = None


class CollectionCreate(Input):
    """Products chosen by hand, for a season or a campaign."""

    entity = "Collection"

    name: Name
    slug: Slug
    description: LongText | None = None
    imageUrl: Url | None = None
    status: CollectionStatus = cast("CollectionStatus", "DRAFT")
    displayOrder: DisplayOrder = 0


class CollectionUpdate(Changes):
    """Changes of a collection."""

    entity = "Collection"

    name: Name | None = None
    slug: Slug | None = None
    description: LongText | None = None
    imageUrl: Url | None = None
    status: CollectionStatus | None = None
    displayOrder: DisplayOrder | None = None


class MediaCreate(Input):
    """A file that lies at its provider."""

    entity = "Media"

    assetId: AssetId
    url: Url
    type: MediaType = cast("MediaType", "IMAGE")
    provider: MediaProvider = cast("MediaProvider", "CLOUDINARY")
    mimeType: MimeType
    sizeBytes: Count
    width: Quantity | None = None
    height: Quantity | None = None
    alt: Name | None = None
    caption: LongText | None = None


class MediaUpdate(Changes):
    """Changes of what is said of a file; another file is another row."""

    entity = "Media"

    url: Url | None = None
    alt: Name | None = None
    caption: LongText | None = None


class InventoryCreate(Input):
    """A variant's first stock: all that is there can be sold."""

    entity = "Inventory"

    productVariantId: Id
    quantityAvailable: Count = 0
    lowStockThreshold: Count = 5

    def data(self) -> dict[str, Any]:
        """Return the row; what lies in the warehouse is what can be sold, since nothing is reserved yet."""
        return {
            **super().data(),
            "quantityAvailable": self.quantityAvailable,
            "quantityOnHand": self.quantityAvailable,
        }


class InventoryUpdate(Changes):
    """When stock is low. Quantities change by receiving, adjusting and ordering."""

    entity = "Inventory"

    lowStockThreshold: Count | None = None


class InventoryAdjust(Input):
    """A correction of what can be sold, by a number that may be negative; no field of the row."""

    entity = "Inventory"

    by: Shift

    @model_validator(mode="after")
    def _refuse_nothing(self) -> Self:
        if self.by == 0:
            raise refusal("must not be 0: say how many pieces more or fewer there are", field="by")
        return self


class VariantInput(Input):
    """A variant that comes with its product; `quantity` is its first stock, a row of its own."""

    entity = "ProductVariant"

    title: Name
    sku: Sku
    price: Money
    compareAtPrice: Money | None = None
    attributes: JsonObject = Field(default_factory=dict)
    weightGrams: Count | None = None
    isPrimary: Truth = False
    quantity: Count = 0

    def data(self) -> dict[str, Any]:
        """Return the row with its inventory nested."""
        stock = {"quantityAvailable": self.quantity, "quantityOnHand": self.quantity}
        return {**super().data(), "inventory": {"create": stock}}


class VariantCreate(VariantInput):
    """A variant of a product that is there."""

    productId: Id


class VariantUpdate(Changes):
    """Changes of a variant; which one is primary is `ProductRepository.set_primary_variant`."""

    entity = "ProductVariant"

    title: Name | None = None
    sku: Sku | None = None
    price: Money | None = None
    compareAtPrice: Money | None = None
    attributes: JsonObject | None = None
    weightGrams: Count | None = None


class ProductCreate(Input):
    """A product, with its variants, categories and pictures if they come at once.

    The first of each is the primary one; among variants, unless another says so.
    """

    entity = "Product"

    title: Name
    slug: Slug
    sku: Sku | None = None
    description: LongText | None = None
    summary: LongText | None = None
    status: ProductStatus = cast("ProductStatus", "DRAFT")
    price: Money
    compareAtPrice: Money | None = None
    currency: Currency = "TRY"
    inventoryPolicy: InventoryPolicy = cast("InventoryPolicy", "TRACK")
    searchKeywords: Keywords = Field(default_factory=list)
    attributes: JsonObject = Field(default_factory=dict)
    variants: Annotated[list[VariantInput], Field(max_length=MOST_VARIANTS)] = Field(default_factory=list)
    categoryIds: Ids = Field(default_factory=list)
    mediaIds: Ids = Field(default_factory=list)

    @model_validator(mode="after")
    def _check_lists(self) -> Self:
        if sum(variant.isPrimary for variant in self.variants) > 1:
            raise refusal("must not have more than one primary variant: choose one", field="variants")
        if len({variant.sku for variant in self.variants}) < len(self.variants):
            raise refusal("must each have a sku of their own", field="variants")
        for name, ids in (("categoryIds", self.categoryIds), ("mediaIds", self.mediaIds)):
            if len(set(ids)) < len(ids):
                raise refusal("must hold each id once", field=name)
        return self

    def data(self) -> dict[str, Any]:
        """Return the row with the rows that belong to it nested."""
        nested = {
            "variants": [variant.data() for variant in self.variants],
            "categories": [
                {"categoryId": id_, "isPrimary": not place} for place, id_ in enumerate(self.categoryIds)
            ],
            "media": [
                {"mediaId": id_, "isPrimary": not place, "sortOrder": place}
                for place, id_ in enumerate(self.mediaIds)
            ],
        }
        if self.variants and not any(variant.isPrimary for variant in self.variants):
            nested["variants"][0]["isPrimary"] = True
        return {**super().data(), **{name: {"create": rows} for name, rows in nested.items() if rows}}


class ProductUpdate(Changes):
    """Changes of a product; the currency stays, since the variants' prices are in it."""

    entity = "Product"

    title: Name | None = None
    slug: Slug | None = None
    sku: Sku | None = None
    description: LongText | None = None
    summary: LongText | None = None
    status: ProductStatus | None = None
    price: Money | None = None
    compareAtPrice: Money | None = None
    inventoryPolicy: InventoryPolicy | None = None
    searchKeywords: Keywords | None = None
    attributes: JsonObject | None = None
