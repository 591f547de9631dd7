"""How the catalogue is read: products, variants, categories, collections, media, stock."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lumi_db.repositories.product_search import Wanted
from lumi_db.repositories.products import CARD, DETAIL

from .cursors import cursor_at, deleted
from .read import Read
from .sample import Sample

VARIANTS = "ProductVariant_productId_idx"
PICTURE = "ProductMedia_pkey|ProductMedia_productId_primary_key"
ACTIVE = {"status": "ACTIVE"}


def _mistyped(word: str) -> str:
    """Return a word whose last letters have changed places."""
    return f"{word[:-3]}{word[-2]}{word[-3]}{word[-1]}"


def _after(s: Any, c: Sample, sort: str) -> Any:
    after = cursor_at(s.products, c.place("active product", "price"), ACTIVE, sort)
    return s.products.cursor_page(filters=ACTIVE, sort=sort, after=after, include=CARD)


def _before(s: Any, c: Sample, sort: str) -> Any:
    return s.products.cursor_page(
        filters=ACTIVE,
        sort=sort,
        before=cursor_at(s.products, c.place("active product", "price"), ACTIVE, sort),
        include=CARD,
    )


def _prices(low: int, high: int) -> dict[str, Any]:
    return {**ACTIVE, "price": {"gte": Decimal(low), "lte": Decimal(high)}}


READS = (
    Read("products.get", "simple", ("Product_pkey",), lambda s, c: s.products.get(c["Product"]["id"])),
    Read(
        "products.find_by_slug",
        "simple",
        ("Product_slug_key",),
        lambda s, c: s.products.find_by_slug(c["Product"]["slug"]),
    ),
    Read(
        "products.get_by_slug, with all that its page shows",
        "join",
        (
            "Product_slug_key",
            VARIANTS,
            "Inventory_productVariantId_key",
            "VariantMedia_pkey",
            "ProductMedia_pkey",
            "Media_pkey",
            "ProductCategory_pkey",
            "ProductCollection_pkey",
        ),
        lambda s, c: s.products.get_by_slug(c["Product"]["slug"], include=DETAIL),
    ),
    Read(
        "products.exists, by SKU",
        "simple",
        ("Product_sku_key",),
        lambda s, c: s.products.exists(filters={"sku": c["Product"]["sku"]}),
    ),
    Read(
        "products.cursor_page, on sale",
        "page",
        ("Product_status_createdAt_idx", VARIANTS, PICTURE),
        lambda s, c: s.products.cursor_page(filters=ACTIVE, include=CARD),
    ),
    Read(
        "products.cursor_page, on sale after a cursor",
        "page",
        ("Product_status_createdAt_idx|Product_createdAt_idx",),
        lambda s, c: _after(s, c, "-createdAt"),
    ),
    Read(
        "products.cursor_page, on sale before a cursor",
        "page",
        ("Product_status_createdAt_idx|Product_createdAt_idx",),
        lambda s, c: _before(s, c, "-createdAt"),
    ),
    Read(
        "products.cursor_page, the cheapest",
        "page",
        ("Product_status_price_idx",),
        lambda s, c: s.products.cursor_page(filters=ACTIVE, sort="price", include=CARD),
    ),
    Read(
        "products.cursor_page, the cheapest after a cursor",
        "page",
        ("Product_status_price_idx",),
        lambda s, c: _after(s, c, "price"),
    ),
    Read(
        "products.cursor_page, the dearest",
        "page",
        ("Product_status_price_idx",),
        lambda s, c: s.products.cursor_page(filters=ACTIVE, sort="-price", include=CARD),
    ),
    Read(
        "products.cursor_page, the dearest after a cursor",
        "page",
        ("Product_status_price_idx",),
        lambda s, c: _after(s, c, "-price"),
    ),
    Read(
        "products.cursor_page, in a range of prices",
        "page",
        ("Product_status_price_idx",),
        lambda s, c: s.products.cursor_page(filters=_prices(100, 200), sort="price", include=CARD),
    ),
    Read(
        "products.cursor_page, drafts",
        "page",
        ("Product_status_createdAt_idx",),
        lambda s, c: s.products.cursor_page(filters={"status": "DRAFT"}),
    ),
    Read(
        "products.count, by a search keyword",
        "complex",
        ("Product_searchKeywords_idx",),
        lambda s, c: s.products.count(filters={"searchKeywords": {"has": c["words"]["word"]}}),
    ),
    Read(
        "products.cursor_page, of all",
        "page",
        ("Product_createdAt_idx",),
        lambda s, c: s.products.cursor_page(),
    ),
    Read(
        "products.list_in_category, at a leaf",
        "page",
        ("Product_status_createdAt_idx", "ProductCategory_pkey"),
        lambda s, c: s.products.list_in_category(c["category"]["path"]),
    ),
    Read(
        "products.list_in_category, of few products",
        "page",
        ("ProductCategory_categoryId_idx", "Product_pkey"),
        lambda s, c: s.products.list_in_category("/plans-new"),
    ),
    Read(
        "products.list_in_category, at a root",
        "page",
        ("Product_status_createdAt_idx", "ProductCategory_pkey"),
        lambda s, c: s.products.list_in_category(c["shelf"]["path"]),
    ),
    Read(
        "products.list_in_collection",
        "page",
        ("ProductCollection_collectionId_displayOrder_idx", "Product_pkey"),
        lambda s, c: s.products.list_in_collection(c["collection"]["slug"]),
        is_small=True,
    ),
    Read(
        "products.search, one word",
        "complex",
        ("Product_searchVector_idx",),
        lambda s, c: s.products.search(c["words"]["word"]),
    ),
    Read(
        "products.search, two words",
        "complex",
        ("Product_searchVector_idx",),
        lambda s, c: s.products.search(c["words"]["words"]),
    ),
    Read(
        "products.search, below a category with facets",
        "complex",
        ("Product_searchVector_idx",),
        lambda s, c: s.products.search(
            c["words"]["words"],
            wanted=Wanted(category_path=c["words"]["shelf"], highest_price=Decimal(10_000)),
            with_facets=True,
        ),
        scans=("ProductCategory",),
        reason="hashed once, which is quicker than to look for the categories of thousands",
    ),
    Read(
        "products.search, with an attribute",
        "complex",
        ("Product_attributes_idx",),
        lambda s, c: s.products.search(c["words"]["words"], wanted=Wanted(attributes=(("material", "x"),))),
    ),
    Read(
        "products.search, with a typing error",
        "complex",
        ("Product_search_text_idx",),
        lambda s, c: s.products.search(_mistyped(c["words"]["word"])),
    ),
    Read(
        "products.set_media",
        "join",
        ("ProductMedia_pkey", "Product_pkey", "Media_pkey"),
        lambda s, c: s.products.set_media(c["ProductMedia"]["productId"], [c["ProductMedia"]["mediaId"]]),
        is_write=True,
    ),
    Read(
        "products.publish",
        "simple",
        ("Product_pkey", "ProductVariant_productId_primary_key"),
        lambda s, c: s.products.publish(c["active product"]["id"]),
        is_write=True,
    ),
    Read("products.list_, the deleted", "page", ("Product_deletedAt_idx",), lambda s, c: deleted(s.products)),
    Read(
        "variants.list_, the deleted",
        "page",
        ("ProductVariant_deletedAt_idx",),
        lambda s, c: deleted(s.variants),
    ),
    Read("media.list_, the deleted", "page", ("Media_deletedAt_idx",), lambda s, c: deleted(s.media)),
    Read(
        "categories.list_, the deleted",
        "page",
        ("Category_deletedAt_idx",),
        lambda s, c: deleted(s.categories),
        is_small=True,
    ),
    Read(
        "collections.list_, the deleted",
        "page",
        ("Collection_deletedAt_idx",),
        lambda s, c: deleted(s.collections),
        is_small=True,
    ),
    Read(
        "variants.get",
        "simple",
        ("ProductVariant_pkey",),
        lambda s, c: s.variants.get(c["ProductVariant"]["id"]),
    ),
    Read(
        "variants.find_by_sku",
        "simple",
        ("ProductVariant_sku_key",),
        lambda s, c: s.variants.find_by_sku(c["ProductVariant"]["sku"]),
    ),
    Read(
        "variants.list_, of a product",
        "simple",
        (VARIANTS,),
        lambda s, c: s.variants.list_(filters={"productId": c["Product"]["id"]}),
    ),
    Read(
        "categories.find_by_slug",
        "simple",
        ("Category_slug_key",),
        lambda s, c: s.categories.find_by_slug(c["category"]["slug"]),
        is_small=True,
    ),
    Read("categories.tree", "complex", (), lambda s, c: s.categories.tree(), reason="all rows are wanted"),
    Read(
        "categories.list_children",
        "simple",
        ("Category_parentId_displayOrder_idx",),
        lambda s, c: s.categories.list_children(c["category"]["parentId"]),
        is_small=True,
    ),
    Read(
        "categories.list_ancestors",
        "simple",
        ("Category_pkey", "Category_slug_key"),
        lambda s, c: s.categories.list_ancestors(c["category"]["id"]),
        is_small=True,
    ),
    Read(
        "categories.list_descendants",
        "simple",
        ("Category_pkey", "Category_path_idx"),
        lambda s, c: s.categories.list_descendants(c["shelf"]["id"]),
        is_small=True,
    ),
    Read(
        "collections.find_by_slug",
        "simple",
        ("Collection_slug_key",),
        lambda s, c: s.collections.find_by_slug(c["collection"]["slug"]),
        is_small=True,
    ),
    Read(
        "collections.list_active",
        "simple",
        ("Collection_status_displayOrder_idx",),
        lambda s, c: s.collections.list_active(),
        is_small=True,
    ),
    Read(
        "collections.add_products",
        "join",
        ("ProductCollection_collectionId_displayOrder_idx",),
        lambda s, c: s.collections.add_products(c["collection"]["id"], []),
        is_write=True,
    ),
    Read(
        "media.find_by_asset",
        "simple",
        ("Media_assetId_key",),
        lambda s, c: s.media.find_by_asset(c["Media"]["assetId"]),
    ),
    Read(
        "inventory.find_by_variant",
        "simple",
        ("Inventory_productVariantId_key",),
        lambda s, c: s.inventory.find_by_variant(c["Inventory"]["productVariantId"]),
    ),
    Read(
        "inventory.list_low_stock",
        "simple",
        ("Inventory_low_stock_order_idx",),
        lambda s, c: s.inventory.list_low_stock(),
    ),
    Read(
        "inventory.reserve",
        "join",
        ("Inventory_productVariantId_key", "ProductVariant_pkey", "Product_pkey"),
        lambda s, c: s.inventory.reserve([(c["stock"]["productVariantId"], 1)]),
        is_write=True,
    ),
)
