"""Make the rows of the products of a block: variants, shelves, pictures, stock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from seed.bulk.amounts import to_lira
from seed.bulk.block import Block
from seed.bulk.goods import MOST_VARIANTS, Good, Piece, good_of
from seed.bulk.trade import Tally
from seed.bulk.world import World
from seed.categories import category_id
from seed.collections import collection_id
from seed.data.collections import COLLECTIONS
from seed.data.kinds import KINDS
from seed.moments import AS_OF
from seed.pictures import HEIGHT, WIDTH, draw
from seed.schema import as_json, enums
from seed.tables import Part, Row

MOST_PICTURES = 2
_SHELF = 8
_LATER = timedelta(minutes=5)


def catalogue_part(world: World, numbers: range, tally: Tally) -> Part:
    """Make the products of some numbers with all that hangs on them."""
    goods = [good_of(number) for number in numbers]
    pieces = [(good, piece) for good in goods for piece in good.pieces]
    block = Block(world, numbers)
    table, each = block.table, MOST_VARIANTS
    return Part(
        "catalogue",
        (
            table("product", "prod", (_product(world, good) for good in goods)),
            table("productvariant", "vari", (_variant(world, *of) for of in pieces), each=each),
            table("productcategory", "prod", (_shelf(world, good) for good in goods), field="productId"),
            table("productcollection", "prod", _members(world, goods), field="productId"),
            table("media", "medi", _pictures(world, goods), each=MOST_PICTURES),
            table("productmedia", "prod", _picture_links(world, goods), field="productId"),
            table("variantmedia", "vari", (_link(world, *of) for of in pieces), each=each, field="variantId"),
            table(
                "inventory",
                "inve",
                (_stock(world, good, piece, tally.reserved[piece.number]) for good, piece in pieces),
                each=each,
            ),
        ),
    )


def _product(world: World, good: Good) -> Row:
    article = good.article
    return {
        "id": world.id("prod", good.number),
        "title": good.title,
        "slug": good.slug,
        "sku": f"QA-{good.number:06}",
        "summary": article.summary,
        "description": f"{article.description}\n\n{article.english}",
        "status": enums.ProductStatus[good.status],
        "price": to_lira(good.price),
        "compareAtPrice": to_lira(good.compare_at),
        "inventoryPolicy": enums.InventoryPolicy[good.policy],
        "searchKeywords": list(article.keywords),
        "attributes": as_json({"material": article.material, "season": article.season}),
        "createdAt": good.launched,
        "updatedAt": good.launched,
    }


def _variant(world: World, good: Good, piece: Piece) -> Row:
    return {
        "id": world.id("vari", piece.number),
        "productId": world.id("prod", good.number),
        "title": piece.title,
        "sku": piece.sku,
        "price": to_lira(piece.price),
        "compareAtPrice": to_lira(good.compare_at),
        "stock": piece.stock,
        "attributes": as_json(
            {"color": piece.colour.turkish, "colorHex": piece.colour.hex, "size": piece.size}
        ),
        "weightGrams": KINDS[good.article.kind].grams,
        "isPrimary": piece.is_primary,
        "createdAt": good.launched,
        "updatedAt": good.launched,
    }


def _shelf(world: World, good: Good) -> Row:
    return {
        "productId": world.id("prod", good.number),
        "categoryId": category_id(good.article.category),
        "isPrimary": True,
        "assignedAt": good.launched,
        "createdAt": good.launched,
        "updatedAt": good.launched,
    }


def _members(world: World, goods: list[Good]) -> Iterator[Row]:
    for good in goods:
        if good.number % _SHELF == 0:
            collection = COLLECTIONS[good.number // _SHELF % len(COLLECTIONS)]
            yield {
                "productId": world.id("prod", good.number),
                "collectionId": collection_id(collection.slug),
                "displayOrder": good.number,
                "createdAt": AS_OF,
                "updatedAt": AS_OF,
            }


def _pictures(world: World, goods: list[Good]) -> Iterator[Row]:
    for good in goods:
        for place, colour in enumerate(_colours(good)):
            picture = draw(good.article.kind, colour.colour.hex)
            yield {
                "id": world.id("medi", good.number * MOST_PICTURES + place),
                "assetId": f"lumi/qa/{good.slug}/{place}",
                "url": picture.url,
                "mimeType": "image/svg+xml",
                "sizeBytes": picture.size,
                "width": WIDTH,
                "height": HEIGHT,
                "alt": f"{good.title}, {colour.colour.turkish}",
                "createdAt": good.launched,
                "updatedAt": good.launched,
            }


def _colours(good: Good) -> list[Piece]:
    """List the first piece of every colour."""
    return list({piece.colour.code: piece for piece in reversed(good.pieces)}.values())[::-1]


def _picture_links(world: World, goods: list[Good]) -> Iterator[Row]:
    for good in goods:
        for place in range(len(_colours(good))):
            yield {
                "productId": world.id("prod", good.number),
                "mediaId": world.id("medi", good.number * MOST_PICTURES + place),
                "sortOrder": place,
                "isPrimary": place == 0,
                "createdAt": good.launched,
                "updatedAt": good.launched,
            }


def _link(world: World, good: Good, piece: Piece) -> Row:
    place = [first.colour.code for first in _colours(good)].index(piece.colour.code)
    return {
        "variantId": world.id("vari", piece.number),
        "mediaId": world.id("medi", good.number * MOST_PICTURES + place),
        "isPrimary": True,
        "createdAt": good.launched,
        "updatedAt": good.launched,
    }


def _stock(world: World, good: Good, piece: Piece, reserved: int) -> Row:
    return {
        "id": world.id("inve", piece.number),
        "productVariantId": world.id("vari", piece.number),
        "quantityAvailable": piece.stock,
        "quantityReserved": reserved,
        "quantityOnHand": piece.stock + reserved,
        "createdAt": good.launched + _LATER,
        "updatedAt": AS_OF if reserved else good.launched + _LATER,
    }
