"""A product comes into the shop, whole: variants, stock, pictures, shelves."""

from __future__ import annotations

from typing import Any

from lumi_db.dto.base import parse
from lumi_db.dto.catalogue import ProductCreate
from lumi_db.errors import ValidationError
from lumi_db.repositories.base import Data
from lumi_db.repositories.products import DETAIL
from lumi_db.shop import Shop


async def create_product(shop: Shop, data: Data) -> Any:
    """Write a product with everything it needs, all or nothing, and return it with `DETAIL`.

    `data` is a ProductCreate with at least one of `variants`. Raises ValidationError, ConflictError,
    RelatedRecordError.
    """
    product = parse(ProductCreate, data)
    if not product.variants:
        raise ValidationError("A product needs a variant: give one.", entity="Product", fields=("variants",))

    async def work(inside: Shop) -> Any:
        made: Any = await inside.products.create(product)
        return await inside.products.get(made.id, include=DETAIL)

    return await shop.run(work)
