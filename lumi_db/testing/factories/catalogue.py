"""The catalogue: products, variants, categories, collections, stock, files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from polyfactory import PostGenerated, Use

from lumi_db.errors import CallerError
from lumi_db.types import (
    Category,
    Collection,
    Inventory,
    Media,
    Product,
    ProductCategory,
    ProductCollection,
    ProductMedia,
    ProductVariant,
    VariantMedia,
)

from .base import RowFactory, transaction
from .chance import CHANCE
from .fields import check_count

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.database import Database
    from lumi_db.shop import Shop
    from lumi_db.types import ProductVariantWhereInput

_MATERIALS = ("Keten", "Pamuklu", "Yün", "İpek", "Deri", "Kadife")
_THINGS = ("Elbise", "Gömlek", "Ceket", "Pantolon", "Etek", "Çanta")
_SIZES = ("XS", "S", "M", "L", "XL")
_COLORS = ("siyah", "beyaz", "lacivert", "bordo", "yeşil")
_SHELVES = ("Kadın", "Erkek", "Çocuk", "Ayakkabı", "Aksesuar", "Dış Giyim")
_SEASONS = ("Yaz", "Kış", "İlkbahar", "Sonbahar")


def make_price() -> Decimal:
    """Return a price from 49.90 to 1,999.90."""
    return Decimal(CHANCE.random.randint(4, 199) * 10) + Decimal("9.90")


class ProductFactory(RowFactory[Product]):
    """Makes an ACTIVE product with its primary variant.

    `variants` says how many variants it gets; with 0 it is a DRAFT. `inventory` is what each has in stock; left out,
    they have no inventory.
    """

    __options__ = ("variants", "inventory")

    title = Use(lambda: f"{CHANCE.pick(_MATERIALS)} {CHANCE.pick(_THINGS)}")
    slug = PostGenerated(lambda _, product: CHANCE.slug(product["title"]))
    sku = Use(lambda: f"LM-{CHANCE.mark().upper()}")
    summary = PostGenerated(lambda _, product: f"{product['title']}, her güne uygun.")
    description = PostGenerated(
        lambda _, product: f"{product['title']}. Otuz derecede yıkayın, gölgede kurutun."
    )
    status = "ACTIVE"
    price = Use(make_price)
    attributes = Use(lambda: {"care": CHANCE.pick(("30°", "40°", "elde"))})

    @classmethod
    async def create(
        cls,
        db: Database | Shop | Prisma,
        *,
        variants: int = 1,
        inventory: int | None = None,
        **given: Any,
    ) -> Product:
        """Write a product and its variants; else as every factory."""
        check_count("variants", variants)
        given.setdefault("status", "ACTIVE" if variants else "DRAFT")
        if given["status"] == "ACTIVE" and not variants and not given.get("deletedAt"):
            raise CallerError("An ACTIVE product needs a variant: give variants=1, or another status.")
        async with transaction(db) as tx:
            product = await cls.insert(tx, given)
            # a soft-deleted product has its variants with it, deleted at the same instant
            siblings = {"product": product, "inventory": inventory, "deletedAt": product.deletedAt}
            await VariantFactory.create_many(tx, variants, **siblings)
        return product


class VariantFactory(RowFactory[ProductVariant]):
    """Makes a variant: the primary one if its product has none, in an ACTIVE product if none is given.

    `inventory` is what it has in stock; left out, it has no inventory.
    """

    __options__ = ("inventory",)

    title = PostGenerated(
        lambda _, variant: " / ".join(map(str, variant["attributes"].values())) or "Standart"
    )
    sku = Use(lambda: f"LM-{CHANCE.mark().upper()}")
    price = Use(make_price)
    attributes = Use(lambda: {"size": CHANCE.pick(_SIZES), "color": CHANCE.pick(_COLORS)})
    weightGrams = Use(CHANCE.random.randint, 100, 1500)

    @classmethod
    async def create(
        cls, db: Database | Shop | Prisma, *, inventory: int | None = None, **given: Any
    ) -> ProductVariant:
        """Write a variant and its inventory; else as every factory."""
        if inventory is not None:
            check_count("inventory", inventory)
            if "stock" in given:
                raise CallerError("The stock of a variant is its inventory's: give stock or inventory.")
        async with transaction(db) as tx:
            variant = await cls.insert(tx, given)
            if inventory is None:
                return variant
            await InventoryFactory.create(tx, productVariant=variant, quantityAvailable=inventory)
            # the inventory's trigger has changed the stock
            return await tx.productvariant.find_unique_or_raise(where={"id": variant.id})

    @classmethod
    async def insert(cls, tx: Prisma, given: Mapping[str, Any]) -> ProductVariant:
        cls.check_names(given)
        if not {"product", "productId"} & given.keys():
            # that an ACTIVE product has a primary variant is asked for at the end of the transaction
            is_primary = given.get("isPrimary", True) and not given.get("deletedAt")
            make = ProductFactory.insert(tx, {}) if is_primary else ProductFactory.create(tx)
            given = {**given, "product": await make}
        if "isPrimary" not in given:
            key = given["product"].id if "product" in given else given["productId"]
            given = {**given, "isPrimary": not await _has_primary(tx, key, given.get("deletedAt"))}
        return await super().insert(tx, given)

    @classmethod
    def follow(cls, parents: Mapping[str, Any]) -> dict[str, Any]:
        return {"price": parents["product"].price} if "product" in parents else {}


async def _has_primary(tx: Prisma, product: str, deleted: datetime | None) -> bool:
    """Tell whether a product has a primary variant that lives, or was deleted at the same instant."""
    alike: ProductVariantWhereInput = {"OR": [{"deletedAt": None}, {"deletedAt": deleted}]}
    return await tx.productvariant.count(where={"productId": product, "isPrimary": True, "AND": [alike]}) > 0


class InventoryFactory(RowFactory[Inventory]):
    """Makes the stock of a variant; what is not given of the three quantities follows from the others."""

    quantityAvailable = PostGenerated(
        lambda _, stock: (
            stock["quantityOnHand"] - stock.get("quantityReserved", 0) if "quantityOnHand" in stock else 20
        )
    )
    quantityReserved = PostGenerated(
        lambda _, stock: (
            stock["quantityOnHand"] - stock["quantityAvailable"] if "quantityOnHand" in stock else 0
        )
    )
    quantityOnHand = PostGenerated(lambda _, stock: stock["quantityAvailable"] + stock["quantityReserved"])


class CategoryFactory(RowFactory[Category]):
    """Makes a root, or with `parent` a child; the database writes path and level."""

    __of_database__ = ("path", "level")

    name = Use(lambda: CHANCE.pick(_SHELVES))
    slug = PostGenerated(lambda _, category: CHANCE.slug(category["name"]))
    description = PostGenerated(lambda _, category: f"{category['name']} ürünleri")

    @classmethod
    def build(cls, factory_use_construct: bool = False, **given: Any) -> Category:
        category, parent = super().build(factory_use_construct, **given), given.get("parent")
        above, level = (parent.path, parent.level + 1) if parent else ("", 0)
        return category.model_copy(update={"path": f"{above}/{category.slug}", "level": level, **given})


class ProductCategoryFactory(RowFactory[ProductCategory]):
    pass


class CollectionFactory(RowFactory[Collection]):
    name = Use(lambda: f"{CHANCE.pick(_SEASONS)} Koleksiyonu")
    slug = PostGenerated(lambda _, collection: CHANCE.slug(collection["name"]))
    description = PostGenerated(lambda _, collection: f"{collection['name']}, elle seçildi")
    status = "ACTIVE"


class ProductCollectionFactory(RowFactory[ProductCollection]):
    pass


class MediaFactory(RowFactory[Media]):
    """Makes a picture."""

    assetId = Use(lambda: f"lumi/{CHANCE.mark()}")
    url = PostGenerated(
        lambda _, media: f"https://res.cloudinary.com/lumi-test/image/upload/{media['assetId']}.webp"
    )
    mimeType = "image/webp"
    sizeBytes = Use(CHANCE.random.randint, 20_000, 900_000)
    width = 1200
    height = 1600
    alt = "Ürün fotoğrafı"


class ProductMediaFactory(RowFactory[ProductMedia]):
    pass


class VariantMediaFactory(RowFactory[VariantMedia]):
    pass
