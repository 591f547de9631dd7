"""Products and their variants: what is found, shown and published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lumi_db.dto.catalogue import ProductCreate, ProductUpdate, VariantCreate, VariantUpdate
from lumi_db.dto.kinds import is_storable
from lumi_db.engine import locking
from lumi_db.errors import QueryError, ValidationError
from lumi_db.translation import in_shop_words, not_found

from . import product_search
from .arguments import read_text
from .base import Repository
from .categories import CategoryRepository
from .links import Links, Verb, WithMedia, change_links
from .pages import CursorPage, Page
from .queries import read_number, read_size

if TYPE_CHECKING:
    from lumi_db.types import (
        Product,
        ProductCollection,  # noqa: F401 - a type argument below
        ProductVariant,
        ProductVariantWhere,
    )

LONGEST_PATH = 10_000

CARD: dict[str, Any] = {
    "variants": {"order_by": {"price": "asc"}},
    "media": {"where": {"isPrimary": True}, "include": {"media": True}},
}
"""What a list shows of a product."""

DETAIL: dict[str, Any] = {
    "variants": {
        "order_by": {"price": "asc"},
        "include": {"inventory": True, "media": {"include": {"media": True}}},
    },
    "media": {"order_by": {"sortOrder": "asc"}, "include": {"media": True}},
    "categories": {"include": {"category": True}},
    "collections": {"include": {"collection": True}},
}
"""What a product's own page shows."""


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of all found products each category (by id) and each value of an attribute has, and their prices."""

    categories: Mapping[str, int] = field(default_factory=dict)
    attributes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    lowest_price: Decimal | None = None
    highest_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of products, the best first; `is_guess` where only words like those typed were found."""

    page: Page[Any]
    facets: Facets | None
    is_guess: bool


CATEGORIES = Links(
    junction="ProductCategory",
    owner="Product",
    owner_key="productId",
    target="Category",
    target_key="categoryId",
    argument="category_ids",
    has_primary=True,
)


def _media_of(owner: str, key: str) -> Links:
    return Links(
        junction=f"{owner.removeprefix('Product') or owner}Media",
        owner=owner,
        owner_key=key,
        target="Media",
        target_key="mediaId",
        argument="media_ids",
        place="sortOrder",
        has_primary=True,
    )


class _Listed(Repository["ProductCollection"]):
    """Products' places in collections."""

    entity = "ProductCollection"
    default_sort = ("displayOrder",)


class ProductRepository(WithMedia["Product"]):
    """What is sold. `CARD` and `DETAIL` are includes for lists and for a product's page."""

    entity = "Product"
    media_links = _media_of("Product", "productId")
    create_model = ProductCreate
    update_model = ProductUpdate

    async def find_by_slug(self, slug: str, *, include: Mapping[str, Any] | None = None) -> Product | None:
        """Return the product, or None."""
        return await self._find_unique({"slug": slug}, include=include)

    async def get_by_slug(self, slug: str, *, include: Mapping[str, Any] | None = None) -> Product:
        """Return the product. Raises NotFoundError."""
        return self._there(await self.find_by_slug(slug, include=include), by="slug")

    async def search(
        self,
        text: str,
        *,
        wanted: product_search.Wanted = product_search.EVERYTHING,
        number: int = 1,
        size: int = 20,
        with_facets: bool = False,
        include: Mapping[str, Any] | None = None,
    ) -> SearchResult:
        """Return a page of the ACTIVE products that a text finds, in Turkish and English, the best first.

        Every word must be found, as a beginning or in a form of it; where nothing is, words that look like those typed
        are (word similarity from 0.5). Two statements: the ids by rank, which is SQL's, and the rows with `include`
        (CARD by default); one more for facets, two more for a guess. Raises QueryError.
        """
        if (
            not isinstance(text, str)
            or not text.strip()
            or not is_storable(text)
            or len(text) > product_search.LONGEST_TEXT
        ):
            message = f"text must be 1 to {product_search.LONGEST_TEXT} characters to search for."
            raise QueryError(message, entity=self.entity, fields=("text",))
        read_size(size)
        read_number(number)
        product_search.check_wanted(wanted)
        with in_shop_words(self.entity):
            found, is_guess = await product_search.find_ids(
                self.client, text, wanted, (number - 1) * size, size
            )
        ids = [row["id"] for row in found]
        rows = (
            await self._find_many({"id": {"in": ids}}, [], include=CARD if include is None else include)
            if ids
            else []
        )
        by_id = {row.id: row for row in rows}
        page = Page(
            [by_id[one] for one in ids if one in by_id], number, size, found[0]["total"] if found else 0
        )
        facets = await self._facets(text, wanted, is_guess=is_guess) if with_facets else None
        return SearchResult(page, facets, is_guess)

    async def _facets(self, text: str, wanted: product_search.Wanted, *, is_guess: bool) -> Facets:
        with in_shop_words(self.entity):
            rows = await product_search.count_facets(self.client, text, wanted, is_guess=is_guess)
        categories = {row["value"]: row["count"] for row in rows if row["kind"] == "category"}
        prices = {row["value"]: row["price"] for row in rows if row["kind"] == "price"}
        attributes: dict[str, dict[str, int]] = {}
        for row in rows:
            if row["kind"] == "attribute":
                attributes.setdefault(row["name"], {})[row["value"]] = row["count"]
        return Facets(categories, attributes, _amount(prices.get("lowest")), _amount(prices.get("highest")))

    async def list_in_category(
        self,
        path: str,
        *,
        after: str | None = None,
        before: str | None = None,
        size: int = 20,
        **options: Any,
    ) -> CursorPage[Any]:
        """Return the ACTIVE products in a category and all below it, the newest first.

        `path` is the category's; `options` are those of `cursor_page`. Two statements: the categories, and the page. By
        their ids PostgreSQL knows how many products there are to find, where it would look at all for a few.
        """
        read_text(path, "path", longest=LONGEST_PATH)
        below = {"OR": [{"path": path}, {"path": {"startswith": f"{path}/"}}]}
        shelves = await CategoryRepository(self.client)._find_many(below, [])
        within = {"categories": {"some": {"categoryId": {"in": [shelf.id for shelf in shelves]}}}}
        given = self._where(options.pop("filters", None), options.pop("where", None))
        return await self._cursor_page(
            {"AND": [{"status": "ACTIVE", **within}, given]},
            bound_to={"AND": [{"status": "ACTIVE", "path": path}, given]},
            after=after,
            before=before,
            size=size,
            **{"include": CARD, **options},
        )

    async def list_in_collection(
        self,
        slug: str,
        *,
        after: str | None = None,
        before: str | None = None,
        size: int = 20,
        include: Mapping[str, Any] | None = None,
    ) -> CursorPage[Any]:
        """Return the ACTIVE products of a collection in its own order, with `include` or CARD, in one statement.

        Raises QueryError as `cursor_page`.
        """
        where = {"collection": {"is": {"slug": slug}}, "product": {"is": {"status": "ACTIVE"}}}
        shown = {"product": {"include": CARD if include is None else include}}
        page = await _Listed(self.client).cursor_page(
            after=after, before=before, size=size, where=where, include=shown
        )
        return replace(page, items=[row.product for row in page.items])

    async def set_categories(self, id: str, category_ids: Sequence[str]) -> list[str]:  # noqa: A002
        """Put a product into these categories and no other, and return them; the first is its breadcrumb's.

        Raises NotFoundError, RelatedRecordError for a category that is not there, ValidationError.
        """
        return await self._change_categories(id, "set", category_ids)

    async def add_categories(self, id: str, category_ids: Sequence[str]) -> list[str]:  # noqa: A002
        """Put a product into more categories and return all; the primary one stays. Raises as `set_categories`."""
        return await self._change_categories(id, "add", category_ids)

    async def remove_categories(self, id: str, category_ids: Sequence[str]) -> list[str]:  # noqa: A002
        """Take a product out of categories and return those that are left. Without the primary one the next is it."""
        return await self._change_categories(id, "remove", category_ids)

    async def _change_categories(self, id_: str, verb: Verb, category_ids: Sequence[str]) -> list[str]:
        async with self._transaction() as tx:
            return (await change_links(tx, CATEGORIES, id_, verb, category_ids))[0]

    async def publish(self, id: str, *, version: int | None = None) -> Product:  # noqa: A002 - the schema's name
        """Put a product on sale. Raises ValidationError without a primary variant, NotFoundError, StaleRecordError."""
        async with self._transaction() as tx:
            with in_shop_words(self.entity):
                has_primary = await tx.productvariant.count(where={"productId": id, "isPrimary": True})
            products = ProductRepository(tx)
            if not has_primary and await products.exists(where={"id": id}):
                message = "An ACTIVE product needs a primary variant: add one, or make one primary, first."
                raise ValidationError(message, entity=self.entity, fields=("status",))
            return await products._set(id, {"status": "ACTIVE"}, version=version)

    async def archive(self, id: str, *, version: int | None = None) -> Product:  # noqa: A002
        """Take a product off sale. Raises NotFoundError, StaleRecordError."""
        return await self._set(id, {"status": "ARCHIVED"}, version=version)

    async def set_primary_variant(self, variant_id: str) -> None:
        """Make a variant the one that is shown first, instead of the one that was. Raises NotFoundError."""
        async with self._transaction() as tx:
            with in_shop_words("ProductVariant"):
                variant = await tx.productvariant.find_unique({"id": variant_id})
                if variant is None:
                    raise not_found("ProductVariant")
                # Of two who do this at once the second waits here.
                await locking(tx, "update").product.find_unique({"id": variant.productId})
                others: ProductVariantWhere = {
                    "productId": variant.productId,
                    "isPrimary": True,
                    "NOT": [{"id": variant_id}],
                }
                await tx.productvariant.update_many({"isPrimary": False}, others)
                await tx.productvariant.update_many(
                    {"isPrimary": True}, {"id": variant_id, "isPrimary": False}
                )


class VariantRepository(WithMedia["ProductVariant"]):
    """What customers put into the cart."""

    entity = "ProductVariant"
    media_links = _media_of("ProductVariant", "variantId")
    create_model = VariantCreate
    update_model = VariantUpdate

    async def find_by_sku(
        self, sku: str, *, include: Mapping[str, Any] | None = None
    ) -> ProductVariant | None:
        """Return the variant, or None."""
        return await self._find_unique({"sku": sku}, include=include)


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
