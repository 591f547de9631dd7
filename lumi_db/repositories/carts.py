"""Carts and what lies in them. Whoever changes an item locks and counts its cart first: nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from lumi_db.dto.base import parse
from lumi_db.dto.carts import CartItemCreate, CartItemUpdate
from lumi_db.engine import locking
from lumi_db.errors import ConflictError, NotFoundError, StaleRecordError, ValidationError
from lumi_db.translation import in_shop_words

from .arguments import read_id, read_span, read_text, read_version
from .base import Repository
from .queries import read_size

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.types import Cart, CartItemKey_cartId_productVariantId

ITEMS: dict[str, Any] = {
    "items": {"order_by": {"createdAt": "asc"}, "include": {"productVariant": {"include": {"product": True}}}}
}
_ABANDON = """
    UPDATE "Cart" SET "status" = 'ABANDONED', "version" = "version" + 1, "updatedAt" = now()
    WHERE "status" = 'ACTIVE' AND "expiresAt" <= now()
"""
_IDLE = """
    (SELECT cart."id", cart."updatedAt" FROM "Cart" cart
    WHERE cart."status" = '{status}' AND cart."updatedAt" < $1::timestamptz AND cart."userId" IS NOT NULL AND EXISTS (
        SELECT FROM "CartItem" item JOIN "ProductVariant" variant ON variant."id" = item."productVariantId"
        WHERE item."cartId" = cart."id" AND variant."deletedAt" IS NULL
    )
    ORDER BY cart."updatedAt", cart."id" LIMIT $2::int)
"""
# A status at a time, since an index has the order of one: of both together all would be sorted.
_ABANDONED = f"""
    SELECT "id" FROM ({_IDLE.format(status="ACTIVE")} UNION ALL {_IDLE.format(status="ABANDONED")}) idle
    ORDER BY "updatedAt", "id" LIMIT $2::int
"""


class CartRepository(Repository["Cart"]):
    """What customers are about to buy: at most one ACTIVE cart a user, and one a guest's session.

    Items whose variant was deleted are not shown. Methods that change a cart take its id and return it with its items.
    """

    entity = "Cart"
    written_by = "get_or_create, add_item, update_item, remove_item and merge"

    async def get_with_items(self, id: str) -> Cart:  # noqa: A002 - the schema's name
        """Return the cart with items, variants and products, in one statement. Raises NotFoundError."""
        return await self.get(id, include=ITEMS)

    async def get_or_create(
        self, *, user_id: str | None = None, session_id: str | None = None, currency: str = "TRY"
    ) -> Cart:
        """Return the active cart of a user or of a guest's session; one is made if there is none, however many ask.

        Raises ValidationError unless exactly one of the two is given.
        """
        if (user_id is None) == (session_id is None):
            raise ValidationError(
                "Give user_id or session_id, one of them.", fields=("user_id", "session_id")
            )
        owner = (
            {"userId": read_id(user_id, "user_id")}
            if user_id is not None
            else {"sessionId": read_text(session_id, "session_id")}
        )
        for _ in range(3):
            found: Any = await self._find_many({**owner, "status": "ACTIVE"}, [], take=1, include=ITEMS)
            if found:
                return self._there(found[0])
            expires = datetime.now(UTC) + self.rules.cart_ttl
            # Inside a transaction a unique violation would end it; skipped, the row of who was faster is found above.
            with in_shop_words(self.entity):
                await self.rows.create_many(
                    [{**owner, "currency": currency, "expiresAt": expires}], skip_duplicates=True
                )
        raise ConflictError("The cart is being changed by somebody else: try again.", entity=self.entity)

    async def add_item(
        self, cart_id: str, variant_id: str, quantity: int = 1, *, version: int | None = None
    ) -> Cart:
        """Put pieces of a variant into the cart, to those that are there. The price is the variant's at this moment.

        Raises ValidationError, NotFoundError, ConflictError for what is not for sale or in another currency.
        """
        key: CartItemKey_cartId_productVariantId = {"cartId": cart_id, "productVariantId": variant_id}
        parse(CartItemCreate, {**key, "quantity": quantity})
        async with self._transaction() as tx:
            cart = await self._lock(tx, cart_id, version)
            variant = await self._for_sale(tx, variant_id, cart.currency)
            with in_shop_words("CartItem"):
                item = await tx.cartitem.upsert(
                    {"cartId_productVariantId": key},
                    {
                        "create": {
                            "cartId": cart_id,
                            "productVariantId": variant_id,
                            "quantity": quantity,
                            "unitPrice": variant.price,
                        },
                        "update": {"quantity": {"increment": quantity}, "unitPrice": variant.price},
                    },
                )
            parse(CartItemUpdate, {"quantity": item.quantity})
            return await self._changed(tx, cart_id)

    async def update_item(
        self, cart_id: str, variant_id: str, quantity: int, *, version: int | None = None
    ) -> Cart:
        """Set how many pieces of a variant lie in the cart. Raises as `add_item`."""
        parse(CartItemUpdate, {"quantity": quantity})
        async with self._transaction() as tx:
            await self._lock(tx, cart_id, version)
            with in_shop_words("CartItem"):
                changed = await tx.cartitem.update_many(
                    {"quantity": quantity}, {"cartId": cart_id, "productVariantId": variant_id}
                )
            if not changed:
                raise _not_in_cart()
            return await self._changed(tx, cart_id)

    async def remove_item(self, cart_id: str, variant_id: str, *, version: int | None = None) -> Cart:
        """Take a variant out of the cart. Raises NotFoundError if it is not in it."""
        async with self._transaction() as tx:
            await self._lock(tx, cart_id, version)
            with in_shop_words("CartItem"):
                gone = await tx.cartitem.delete_many(
                    where={"cartId": cart_id, "productVariantId": variant_id}
                )
            if not gone:
                raise _not_in_cart()
            return await self._changed(tx, cart_id)

    async def merge(self, session_id: str, user_id: str) -> Cart:
        """Put what a guest has in the cart into the cart of the user they are, at login, and return that.

        Pieces of the same variant are added up. The guest's cart is ABANDONED. Done twice, nothing happens.
        """
        async with self._transaction() as tx:
            carts = CartRepository(tx, self.rules)
            mine = await carts.get_or_create(user_id=user_id)
            with in_shop_words(self.entity):
                guests = await carts.list_(where={"sessionId": session_id, "status": "ACTIVE"}, limit=1)
            for cart_id in sorted([mine.id, *(cart.id for cart in guests)]):
                await self._lock(tx, cart_id, None)
            for guest in guests:
                await self._pour(tx, guest.id, mine.id)
            return await carts.get_with_items(mine.id)

    async def _pour(self, tx: Prisma, guest_id: str, cart_id: str) -> None:
        with in_shop_words("CartItem"):
            items = await tx.cartitem.find_many(where={"cartId": guest_id}, order={"createdAt": "asc"})
            if items:
                await CartRepository(tx)._set(cart_id, {"expiresAt": datetime.now(UTC) + self.rules.cart_ttl})
            for item in items:
                key: CartItemKey_cartId_productVariantId = {
                    "cartId": cart_id,
                    "productVariantId": item.productVariantId,
                }
                await tx.cartitem.upsert(
                    {"cartId_productVariantId": key},
                    {
                        "create": {
                            "cartId": cart_id,
                            "productVariantId": item.productVariantId,
                            "quantity": item.quantity,
                            "unitPrice": item.unitPrice,
                        },
                        "update": {"quantity": {"increment": item.quantity}},
                    },
                )
        await CartRepository(tx)._set(guest_id, {"status": "ABANDONED"})

    async def expire(self) -> int:
        """Make every cart ABANDONED whose time is over, and return how many: for a sweep."""
        with in_shop_words(self.entity):
            return await self.client.execute_raw(_ABANDON, keeps_session=True)

    async def list_abandoned(self, *, idle: timedelta, limit: int = 100) -> list[Cart]:
        """Return the users' carts with items that nobody has touched for so long, the longest idle first.

        Two statements: their ids by the order of an index, and the carts with their items.
        """
        before = datetime.now(UTC) - read_span(idle, "idle")
        read_size(limit, name="limit")
        with in_shop_words(self.entity):
            found = await self.client.query_raw(_ABANDONED, before, limit, keeps_session=True)
        ids = [row["id"] for row in found]
        return await self.list_(where={"id": {"in": ids}}, sort="updatedAt", limit=limit, include=ITEMS)

    async def _lock(self, tx: Prisma, cart_id: str, version: int | None) -> Cart:
        """Lock an active cart until the transaction ends. Raises NotFoundError, ConflictError, StaleRecordError."""
        wanted = None if version is None else read_version(version)
        with in_shop_words(self.entity):
            cart = self._there(await locking(tx, "update").cart.find_unique({"id": cart_id}))
        if cart.status != "ACTIVE":
            raise ConflictError(
                "The cart is closed: begin a new one.", entity=self.entity, fields=("status",)
            )
        if wanted is not None and cart.version != wanted:
            raise StaleRecordError(
                "The cart was changed by somebody else: read it again, then decide.",
                entity=self.entity,
                fields=("version",),
                code="P2025",
            )
        return cart

    async def _for_sale(self, tx: Prisma, variant_id: str, currency: str) -> Any:
        with in_shop_words("ProductVariant"):
            variant = await tx.productvariant.find_unique({"id": variant_id}, include={"product": True})
        if variant is None or variant.product is None:
            raise NotFoundError(
                "There is no such variant.", entity="ProductVariant", fields=("productVariantId",)
            )
        check_for_sale(variant, currency)
        return variant

    async def _changed(self, tx: Prisma, cart_id: str) -> Cart:
        """Count the cart, as every change of an item does (rulings, data model 14), and return it."""
        expires = datetime.now(UTC) + self.rules.cart_ttl
        return await CartRepository(tx)._set(cart_id, {"expiresAt": expires}, include=ITEMS)


def check_for_sale(variant: Any, currency: str) -> None:
    """Raise ConflictError unless a variant, read with its product, can be bought in this currency."""
    product = variant.product
    if (
        product.status != "ACTIVE"
        or product.inventoryPolicy == "DENY"
        or variant.deletedAt
        or product.deletedAt
    ):
        raise ConflictError(
            f"{variant.sku.partition('#')[0]} is not for sale any more: take it out of the cart.",
            entity="ProductVariant",
            fields=("productVariantId",),
        )
    if product.currency != currency:
        raise ValidationError(
            f"{variant.sku} is sold in {product.currency}, not in {currency}: use a cart in {product.currency}.",
            entity="Cart",
            fields=("currency",),
        )


def _not_in_cart() -> NotFoundError:
    return NotFoundError(
        "The cart does not hold this variant.", entity="CartItem", fields=("productVariantId",)
    )
