"""Make the products with their variants, shelves and pictures."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from seed.categories import category_id
from seed.data.article import Article
from seed.data.kinds import COLOURS, KINDS
from seed.ids import make_id
from seed.media import shots_of
from seed.moments import at
from seed.schema import as_json, enums, inputs
from seed.stage import Stage
from seed.tables import Part, Table
from seed.variants import Variant, product_skus, stock_of, variants_of


def product_id(slug: str) -> str:
    """Return the id of a product."""
    return make_id("Product", slug)


def launched(article: Article) -> datetime:
    """Return when an article came into the shop."""
    return at(article.launched, 10)


def catalogue_part(stage: Stage) -> Part:
    """Make all products and what hangs on them."""
    variants = [variant for article in stage.articles for variant in variants_of(article)]
    return Part(
        "catalogue",
        (
            Table("product", [_product(article) for article in stage.articles]),
            Table("productvariant", [_variant(variant) for variant in variants]),
            Table("productcategory", [row for article in stage.articles for row in _shelves(article)]),
            Table("productmedia", [row for article in stage.articles for row in _pictures(article)]),
            Table("variantmedia", [_variant_picture(variant) for variant in variants]),
        ),
    )


def _product(article: Article) -> inputs.ProductCreateWithoutRelationsInput:
    return {
        "id": product_id(article.slug),
        "title": article.title,
        "slug": article.slug,
        "sku": product_skus()[article.slug],
        "summary": article.summary,
        "description": f"{article.description}\n\n{article.english}",
        "status": enums.ProductStatus[article.status],
        "price": Decimal(article.price),
        "compareAtPrice": _compare_at(article),
        "inventoryPolicy": enums.InventoryPolicy[article.policy],
        "searchKeywords": list(article.keywords),
        "attributes": as_json(
            {
                "material": article.material,
                "season": article.season,
                "colors": [COLOURS[colour].turkish for colour in article.colours],
            }
        ),
        "createdAt": launched(article),
        "updatedAt": launched(article),
    }


def _compare_at(article: Article) -> Decimal | None:
    return Decimal(article.compare_at) if article.compare_at else None


def _variant(variant: Variant) -> inputs.ProductVariantCreateWithoutRelationsInput:
    article = variant.article
    return {
        "id": variant.id,
        "productId": product_id(article.slug),
        "title": variant.title,
        "sku": variant.sku,
        "price": variant.price,
        "compareAtPrice": _compare_at(article),
        "stock": stock_of(variant),
        "attributes": as_json(variant.attributes),
        "weightGrams": KINDS[article.kind].grams,
        "isPrimary": variant.is_primary,
        "createdAt": launched(article),
        "updatedAt": launched(article),
    }


def _shelves(article: Article) -> list[inputs.ProductCategoryCreateWithoutRelationsInput]:
    return [
        {
            "productId": product_id(article.slug),
            "categoryId": category_id(slug),
            "isPrimary": slug == article.category,
            "assignedAt": launched(article),
            "createdAt": launched(article),
            "updatedAt": launched(article),
        }
        for slug in (article.category, *article.also_in)
    ]


def _pictures(article: Article) -> list[inputs.ProductMediaCreateWithoutRelationsInput]:
    return [
        {
            "productId": product_id(article.slug),
            "mediaId": shot.id,
            "sortOrder": place,
            "isPrimary": place == 0,
            "createdAt": launched(article),
            "updatedAt": launched(article),
        }
        for place, shot in enumerate(shots_of(article))
    ]


def _variant_picture(variant: Variant) -> inputs.VariantMediaCreateWithoutRelationsInput:
    article = variant.article
    return {
        "variantId": variant.id,
        "mediaId": shots_of(article)[article.colours.index(variant.colour_key)].id,
        "isPrimary": True,
        "createdAt": launched(article),
        "updatedAt": launched(article),
    }
