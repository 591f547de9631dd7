"""Make the collections and what is in them."""

from __future__ import annotations

from seed.catalogue import product_id
from seed.data.collections import COLLECTIONS, CollectionData
from seed.data.kinds import COLOURS
from seed.ids import make_id
from seed.moments import at
from seed.pictures import draw
from seed.schema import enums, inputs
from seed.stage import Stage
from seed.tables import Part, Table


def collection_id(slug: str) -> str:
    """Return the id of a collection."""
    return make_id("Collection", slug)


def collections_part(stage: Stage) -> Part:
    """Make all collections and what is in them."""
    members = [row for collection in COLLECTIONS for row in _members(collection, stage)]
    return Part("collections", (collections_table(), Table("productcollection", members)))


def collections_table() -> Table:
    """Make all collections, empty."""
    return Table(
        "collection", [_collection(place, collection) for place, collection in enumerate(COLLECTIONS)]
    )


def _collection(place: int, collection: CollectionData) -> inputs.CollectionCreateWithoutRelationsInput:
    opened = at(collection.opened)
    return {
        "id": collection_id(collection.slug),
        "name": collection.name,
        "slug": collection.slug,
        "description": collection.description,
        "imageUrl": draw(collection.kind, COLOURS[collection.colour].hex, backdrop="#dfe3dc").url,
        "status": enums.CollectionStatus[collection.status],
        "displayOrder": place,
        "createdAt": opened,
        "updatedAt": opened,
    }


def _members(
    collection: CollectionData, stage: Stage
) -> list[inputs.ProductCollectionCreateWithoutRelationsInput]:
    return [
        {
            "productId": product_id(slug),
            "collectionId": collection_id(collection.slug),
            "displayOrder": place,
            "createdAt": at(collection.opened),
            "updatedAt": at(collection.opened),
        }
        for place, slug in enumerate(collection.articles)
        if stage.has_article(slug)
    ]
