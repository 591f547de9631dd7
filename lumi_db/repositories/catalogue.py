"""Collections and media: what products are shown with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lumi_db.dto.catalogue import CollectionCreate, CollectionUpdate, MediaCreate, MediaUpdate

from .base import Repository
from .links import Links, Verb, change_links

if TYPE_CHECKING:
    from lumi_db.types import Collection, Media


PRODUCTS = Links(
    junction="ProductCollection",
    owner="Collection",
    owner_key="collectionId",
    target="Product",
    target_key="productId",
    argument="product_ids",
    place="displayOrder",
    most=10_000,
)


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

    async def set_products(self, id: str, product_ids: Sequence[str]) -> list[str]:  # noqa: A002 - the schema's name
        """Make these the products of a collection, in this order, and return them.

        Raises NotFoundError, RelatedRecordError for a product that is not there, ValidationError.
        """
        return await self._change_products(id, "set", product_ids)

    async def add_products(self, id: str, product_ids: Sequence[str]) -> list[str]:  # noqa: A002
        """Put products behind those that are there, and return all; one that is there stays. As `set_products`."""
        return await self._change_products(id, "add", product_ids)

    async def reorder_products(self, id: str, product_ids: Sequence[str]) -> list[str]:  # noqa: A002
        """Put all products into this order. Raises as `set_products`; ValidationError unless they are exactly those."""
        return await self._change_products(id, "reorder", product_ids)

    async def remove_products(self, id: str, product_ids: Sequence[str]) -> list[str]:  # noqa: A002
        """Take products out of a collection and return those that are left. Raises NotFoundError."""
        return await self._change_products(id, "remove", product_ids)

    async def _change_products(self, id_: str, verb: Verb, product_ids: Sequence[str]) -> list[str]:
        async with self._transaction() as tx:
            return (await change_links(tx, PRODUCTS, id_, verb, product_ids))[0]


class MediaRepository(Repository["Media"]):
    """Files that products, variants and reviews show."""

    entity = "Media"
    create_model = MediaCreate
    update_model = MediaUpdate

    async def find_by_asset(self, asset_id: str) -> Media | None:
        """Return the file that its provider knows by this name, or None."""
        return await self._find_unique({"assetId": asset_id})
