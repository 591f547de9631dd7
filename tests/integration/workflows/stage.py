"""What a test of a workflow begins with, by the client: products with stock, customers, carts that are filled."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

BCRYPT = "$2b$12$" + "a" * 53

_numbers = count(1)


class Stage:
    def __init__(self, client: Any) -> None:
        self.client = client

    async def variant(
        self, *, stock: int = 10, price: str = "100.00", policy: str = "TRACK", **given: Any
    ) -> Any:
        """Make an ACTIVE product with one variant and its stock, and return the variant."""
        number = next(_numbers)
        async with self.client.tx() as tx:
            product = await tx.product.create(
                {
                    "title": f"Product {number}",
                    "slug": f"product-{number}",
                    "price": price,
                    "status": "ACTIVE",
                    "inventoryPolicy": policy,
                    **given,
                }
            )
            variant = await tx.productvariant.create(
                {
                    "productId": product.id,
                    "title": "M",
                    "sku": f"SKU-{number}",
                    "price": price,
                    "isPrimary": True,
                }
            )
            await tx.inventory.create(
                {"productVariantId": variant.id, "quantityAvailable": stock, "quantityOnHand": stock}
            )
        return variant

    async def user(self) -> Any:
        return await self.client.user.create(
            {"email": f"user{next(_numbers)}@example.com", "passwordHash": BCRYPT}
        )

    async def address(self, user: Any, **given: Any) -> Any:
        values = {"userId": user.id, "fullName": "Ada", "line1": "Street 1", "city": "İzmir", **given}
        return await self.client.address.create(values)

    async def cart(self, *lines: tuple[Any, int], user: Any = None) -> Any:
        """Make a user's active cart that holds these variants."""
        owner = user or await self.user()
        items = [
            {"productVariantId": variant.id, "quantity": quantity, "unitPrice": variant.price}
            for variant, quantity in lines
        ]
        return await self.client.cart.create({"userId": owner.id, "items": {"create": items}})

    async def coupon(self, **given: Any) -> Any:
        values = {"code": f"CODE{next(_numbers)}", "type": "PERCENTAGE", "value": "10", **given}
        return await self.client.coupon.create(values)

    async def stock(self, variant: Any) -> tuple[int, int, int]:
        """Return what is available, reserved and on hand."""
        found = await self.client.inventory.find_unique({"productVariantId": variant.id})
        return found.quantityAvailable, found.quantityReserved, found.quantityOnHand

    async def counts(self) -> dict[str, int]:
        """Count what a checkout writes."""
        client = self.client
        tables = (client.order, client.orderitem, client.payment, client.couponusage)
        return {table._model.__name__: await table.count() for table in tables}


def money(text: str) -> Decimal:
    return Decimal(text)
