"""Collections and media: what products are shown with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lumi_db.dto.catalogue import CollectionCreate, CollectionUpdate, MediaCreate, MediaUpdate
from lumi_db.errors import ValidationError
from lumi_db.translation import in_shop_words

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Collection, Media


class CollectionRepository(Repository["Collection"]):
    """Products chosen by hand."""

    entity = "Collection"
    create_model = CollectionCreate
    update_model = CollectionUpdate
    default_sort = ("displayOrder", "name")

    async def find_by_slug(self, slug: str) -> Collection | None:
        """Return the collection, or None."""
        return await self._find_unique({"slug": slug})

    async def list_active(self, *, limit: int = 100) -> list[Collection]:
        """Return the collections that the shop shows, in their order, in one statement."""
        return await self.list_(filters={"status": "ACTIVE"}, limit=limit)

    async def set_products(self, id: str, product_ids: Sequence[str]) -> None:  # noqa: A002 - the schema's name
        """Make these the products of a collection, in this order. Raises RelatedRecordError, ValidationError."""
        if len(set(product_ids)) < len(product_ids):
            raise ValidationError("A product is named twice: name it once.", fields=("product_ids",))
        async with self._transaction() as tx:
            with in_shop_words("ProductCollection"):
                await CollectionRepository(tx).get(id)
                await tx.productcollection.delete_many(where={"collectionId": id})
                await tx.productcollection.create_many(
                    [
                        {"collectionId": id, "productId": product, "displayOrder": place}
                        for place, product in enumerate(product_ids)
                    ]
                )


class MediaRepository(Repository["Media"]):
    """Files that products, variants and reviews show."""

    entity = "Media"
    create_model = MediaCreate
    update_model = MediaUpdate

    async def find_by_asset(self, asset_id: str) -> Media | None:
        """Return the file that its provider knows by this name, or None."""
        return await self._find_unique({"assetId": asset_id})
