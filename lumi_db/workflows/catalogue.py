"""A product comes into the shop, whole: variants, stock, pictures, shelves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lumi_db.errors import ValidationError
from lumi_db.repositories.products import DETAIL
from lumi_db.shop import Shop
from lumi_db.translation import in_shop_words


async def create_product(
    shop: Shop,
    product: Mapping[str, Any],
    *,
    variants: Sequence[Mapping[str, Any]],
    category_ids: Sequence[str] = (),
    media_ids: Sequence[str] = (),
) -> Any:
    """Write a product with everything it needs, all or nothing, and return it with `DETAIL`.

    A variant is its fields and `quantity`, the pieces in stock (0). The first is the primary one unless one says
    `isPrimary`; the first category and the first picture are the primary ones. Raises ValidationError, ConflictError,
    RelatedRecordError.
    """
    if not variants:
        raise ValidationError("A product needs a variant: give one.", entity="Product", fields=("variants",))
    primaries = [place for place, variant in enumerate(variants) if variant.get("isPrimary")] or [0]
    if len(primaries) > 1:
        message = "Only one variant can be the primary one."
        raise ValidationError(
            message, entity="ProductVariant", fields=(f"variants.{primaries[1]}.isPrimary",)
        )

    async def work(inside: Shop) -> Any:
        made: Any = await inside.products.create(product)
        for place, variant in enumerate(variants):
            await _add_variant(inside, made.id, variant, is_primary=place == primaries[0])
        tables: Any = inside.client
        with in_shop_words("Product"):
            for table, field, ids in (
                (tables.productcategory, "categoryId", category_ids),
                (tables.productmedia, "mediaId", media_ids),
            ):
                rows = [
                    {"productId": made.id, field: id_, "isPrimary": not place}
                    for place, id_ in enumerate(ids)
                ]
                if field == "mediaId":
                    rows = [{**row, "sortOrder": place} for place, row in enumerate(rows)]
                if rows:
                    await table.create_many(rows)
        return await inside.products.get(made.id, include=DETAIL)

    return await shop.run(work)


async def _add_variant(shop: Shop, product_id: str, variant: Mapping[str, Any], *, is_primary: bool) -> None:
    values = dict(variant)
    quantity = values.pop("quantity", 0)
    if isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 0:
        message = "quantity must be a whole number from 0."
        raise ValidationError(message, entity="Inventory", fields=("quantity",))
    made: Any = await shop.variants.create({**values, "productId": product_id, "isPrimary": is_primary})
    await shop.inventory.create(
        {"productVariantId": made.id, "quantityAvailable": quantity, "quantityOnHand": quantity}
    )
