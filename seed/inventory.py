"""Make the stock: what can be sold, and what belongs to orders that have not been shipped."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from seed.catalogue import launched
from seed.ids import make_id
from seed.sales import OPEN, list_sales
from seed.schema import inputs
from seed.stage import Stage
from seed.tables import Part, Table
from seed.variants import Variant, stock_of, variants_of

_LOW = 5


def inventory_part(stage: Stage) -> Part:
    """Make the inventory of every variant."""
    reserved, touched = _reserved(stage), _last_sold(stage)
    rows = [
        _inventory(variant, reserved[variant.sku], touched.get(variant.sku, launched(article)))
        for article in stage.articles
        for variant in variants_of(article)
    ]
    return Part("inventory", (Table("inventory", rows),))


def _reserved(stage: Stage) -> Counter[str]:
    """Count what open orders took from stock, by SKU."""
    count: Counter[str] = Counter()
    for sale in list_sales(stage):
        if sale.status in OPEN:
            count.update({line.variant.sku: line.reserved for line in sale.lines})
    return count


def _last_sold(stage: Stage) -> dict[str, datetime]:
    return {line.variant.sku: sale.times.placed for sale in list_sales(stage) for line in sale.lines}


def _inventory(
    variant: Variant, reserved: int, touched: datetime
) -> inputs.InventoryCreateWithoutRelationsInput:
    available = stock_of(variant)
    return {
        "id": make_id("Inventory", variant.sku),
        "productVariantId": variant.id,
        "quantityAvailable": available,
        "quantityReserved": reserved,
        "quantityOnHand": available + reserved,
        "lowStockThreshold": _LOW,
        "createdAt": launched(variant.article) + timedelta(minutes=5),
        "updatedAt": max(touched, launched(variant.article) + timedelta(minutes=5)),
    }
