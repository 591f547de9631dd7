"""Stock. Rows are locked in the order of their ids, whatever order a cart has them in: no two orders deadlock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lumi_db.dto.base import parse
from lumi_db.dto.catalogue import InventoryAdjust, InventoryCreate, InventoryUpdate
from lumi_db.errors import ConflictError, OutOfStockError, RelatedRecordError, ValidationError
from lumi_db.translation import in_shop_words

from .arguments import read_id
from .base import Repository
from .queries import read_size

if TYPE_CHECKING:
    from lumi_db.types import Inventory

Lines = Iterable[tuple[str, int]]

_LARGEST = 2**31 - 1
_LOCK = """
    SELECT stock."id", stock."productVariantId" AS "variantId", stock."quantityAvailable" AS available,
           stock."quantityReserved" AS reserved, variant."sku", product."inventoryPolicy"::text AS policy
    FROM "Inventory" stock
    JOIN "ProductVariant" variant ON variant."id" = stock."productVariantId"
    JOIN "Product" product ON product."id" = variant."productId"
    WHERE stock."productVariantId" = ANY ($1::text[])
    ORDER BY stock."id"
    FOR UPDATE OF stock
"""
_MOVE = """
    UPDATE "Inventory" stock
    SET "quantityAvailable" = stock."quantityAvailable" + move.available,
        "quantityReserved" = stock."quantityReserved" + move.reserved,
        "quantityOnHand" = stock."quantityOnHand" + move.available + move.reserved,
        "version" = stock."version" + 1, "updatedAt" = now()
    FROM unnest($1::text[], $2::int[], $3::int[]) AS move (id, available, reserved)
    WHERE stock."id" = move.id
"""


class InventoryRepository(Repository["Inventory"]):
    """The truth about stock: on hand = available + reserved. Quantities are whole pieces of one variant."""

    entity = "Inventory"
    create_model = InventoryCreate
    update_model = InventoryUpdate

    async def find_by_variant(self, variant_id: str) -> Inventory | None:
        """Return a variant's stock, or None if none was ever kept."""
        return await self._find_unique({"productVariantId": variant_id})

    async def list_low_stock(self, *, limit: int = 100) -> list[Inventory]:
        """Return what is at or below its threshold, the least first."""
        sql = """
            SELECT * FROM "Inventory" WHERE "quantityAvailable" <= "lowStockThreshold"
            ORDER BY "quantityAvailable", "id" LIMIT $1
        """
        read_size(limit, name="limit")
        with in_shop_words(self.entity):
            from lumi_db.types import Inventory

            found: list[Inventory] = await self.client.query_raw(
                sql, limit, model=Inventory, keeps_session=True
            )
        return found

    async def receive(self, variant_id: str, quantity: int) -> Inventory:
        """Add pieces that came in. Raises ValidationError below 1."""
        return await self._shift(variant_id, _count(quantity))

    async def adjust(self, variant_id: str, by: int) -> Inventory:
        """Correct what can be sold by a number that may be negative.

        Raises ValidationError for 0, OutOfStockError for more than there is.
        """
        return await self._shift(variant_id, parse(InventoryAdjust, {"by": by}).by)

    async def reserve(self, lines: Lines) -> dict[str, int]:
        """Take pieces for an order, all lines or none, and return how many were taken of each variant.

        A variant that is there twice is summed. TRACK refuses what is not in stock, CONTINUE takes what there is,
        DENY is not for sale. Three statements in a transaction. Raises OutOfStockError, ValidationError.
        """
        wanted = _sum(_read_lines(lines))
        async with self._transaction() as tx:
            stocks = await self._lock(tx, wanted)
            taken = {stock["variantId"]: _take(stock, wanted[stock["variantId"]]) for stock in stocks}
            await self._move(tx, stocks, {one: (-quantity, quantity) for one, quantity in taken.items()})
        return taken

    async def release(self, lines: Lines) -> None:
        """Give back what an order had reserved. Raises ConflictError for more than is reserved."""
        await self._settle(lines, lambda quantity: (quantity, -quantity))

    async def commit(self, lines: Lines) -> None:
        """Let go what an order had reserved: it leaves the house. Raises ConflictError for more than is reserved."""
        await self._settle(lines, lambda quantity: (0, -quantity))

    async def _settle(self, lines: Lines, move: Any) -> None:
        wanted = _sum([line for line in _read_lines(lines) if line[1]])
        if not wanted:
            return
        async with self._transaction() as tx:
            stocks = await self._lock(tx, wanted)
            for stock in stocks:
                if stock["reserved"] < wanted[stock["variantId"]]:
                    message = f"Fewer pieces of {stock['sku']} are reserved than are given back or sent."
                    raise ConflictError(message, entity=self.entity, fields=("quantityReserved",))
            await self._move(tx, stocks, {one: move(quantity) for one, quantity in wanted.items()})

    async def _shift(self, variant_id: str, by: int) -> Inventory:
        read_id(variant_id, "variant_id")
        async with self._transaction() as tx:
            stocks = await self._lock(tx, {variant_id: by})
            if stocks[0]["available"] + by < 0:
                message = f"Only {stocks[0]['available']} pieces of {stocks[0]['sku']} can be taken away."
                raise OutOfStockError(message, entity=self.entity, fields=("by",))
            if stocks[0]["available"] + stocks[0]["reserved"] + by > _LARGEST:
                message = f"There cannot be more than {_LARGEST:,} pieces of {stocks[0]['sku']}."
                raise ValidationError(message, entity=self.entity, fields=("quantity",))
            await self._move(tx, stocks, {variant_id: (by, 0)})
            found = await InventoryRepository(tx).find_by_variant(variant_id)
        return self._there(found, by="productVariantId")

    async def _lock(self, tx: Any, wanted: Mapping[str, int]) -> list[dict[str, Any]]:
        with in_shop_words(self.entity):
            stocks: list[dict[str, Any]] = await tx.query_raw(_LOCK, list(wanted), keeps_session=True)
        if len(stocks) < len(wanted):
            message = (
                "A variant has no stock that is kept: make its inventory first, or mend the variant's id."
            )
            raise RelatedRecordError(message, entity=self.entity, fields=("productVariantId",), code="P2025")
        return stocks

    async def _move(
        self, tx: Any, stocks: Sequence[Mapping[str, Any]], moves: Mapping[str, tuple[int, int]]
    ) -> None:
        moved = [moves[stock["variantId"]] for stock in stocks]
        with in_shop_words(self.entity):
            await tx.execute_raw(
                _MOVE,
                [stock["id"] for stock in stocks],
                [one[0] for one in moved],
                [one[1] for one in moved],
                keeps_session=True,
            )


def _take(stock: Mapping[str, Any], wanted: int) -> int:
    """Return how many pieces can be taken. Raises OutOfStockError."""
    if stock["policy"] == "DENY":
        raise OutOfStockError(
            f"{stock['sku']} is not for sale.", entity="ProductVariant", fields=("quantity",)
        )
    if stock["policy"] == "TRACK" and wanted > stock["available"]:
        message = (
            f"Only {stock['available']} pieces of {stock['sku']} are in stock: order that many or fewer."
        )
        raise OutOfStockError(message, entity="ProductVariant", fields=("quantity",))
    return int(min(wanted, stock["available"]))


def _read_lines(lines: Lines) -> list[tuple[str, Any]]:
    """Return pairs of a variant's id and a quantity, which `_count` checks. Raises ValidationError."""
    try:
        pairs = [(read_id(variant, "lines"), quantity) for variant, quantity in lines]
    except (TypeError, ValueError):
        message = "lines must be a list of pairs: the id of a variant and a quantity."
        raise ValidationError(message, entity="Inventory", fields=("lines",)) from None
    return pairs


def _sum(lines: Lines) -> dict[str, int]:
    total: Counter[str] = Counter()
    for variant, quantity in lines:
        total[variant] += _count(quantity)
    return {variant: _count(quantity) for variant, quantity in sorted(total.items())}


def _count(quantity: int) -> int:
    if isinstance(quantity, bool) or not isinstance(quantity, int) or not 1 <= quantity <= _LARGEST:
        raise ValidationError(
            f"quantity must be a whole number from 1 to {_LARGEST:,}.", fields=("quantity",)
        )
    return quantity
