"""Valid rows of every table by plain SQL, around every client: only what the database itself says holds."""

from __future__ import annotations

from itertools import count

import asyncpg

Row = asyncpg.Record

BCRYPT = "$2b$12$" + "a" * 53
MONEY = "100.00"

# What a row needs beside its parents. "{n}" is a number of its own, "{hash}" 64 hexadecimal digits of it.
VALUES: dict[str, dict[str, object]] = {
    "User": {"email": "user{n}@example.com", "passwordHash": BCRYPT},
    "UserSession": {"refreshTokenHash": "{hash}", "familyId": "family{n}"},
    "Role": {"name": "role{n}"},
    "Permission": {"key": "thing{n}:read"},
    "RolePermission": {},
    "UserRole": {},
    "UserPermission": {},
    "SecurityEvent": {"type": "LOGIN_FAILED"},
    "Product": {"title": "Product {n}", "slug": "product-{n}", "price": MONEY},
    "ProductVariant": {"title": "Variant {n}", "sku": "SKU-{n}", "price": MONEY},
    "Category": {"name": "Category {n}", "slug": "category-{n}"},
    "ProductCategory": {},
    "Collection": {"name": "Collection {n}", "slug": "collection-{n}"},
    "ProductCollection": {},
    "Inventory": {},
    "Media": {"assetId": "lumi/{n}", "url": "/media/{n}", "mimeType": "image/webp", "sizeBytes": 1},
    "ProductMedia": {},
    "VariantMedia": {},
    "Cart": {},
    "CartItem": {"unitPrice": MONEY},
    "Address": {"fullName": "Ada {n}", "line1": "Street {n}", "city": "İzmir"},
    "Order": {"subtotalAmount": MONEY, "totalAmount": MONEY},
    "OrderItem": {"quantity": 1, "unitPrice": MONEY, "titleSnapshot": "Product {n}"},
    "Payment": {"provider": "IYZICO", "amount": MONEY},
    "SavedCard": {"cardToken": "token-{n}", "lastFourDigits": "0008", "expiryMonth": 12, "expiryYear": 2030},
    "PaymentRefund": {"amount": MONEY},
    "Review": {"rating": 5},
    "ReviewMedia": {},
    "Coupon": {"code": "CODE{n}", "type": "PERCENTAGE", "value": "10"},
    "CouponUsage": {"discountAmount": "1"},
    "AuditLog": {"actorType": "ADMIN", "action": "UPDATE", "entity": "Product", "entityId": "p{n}"},
}

# The foreign keys that a valid row needs; a parent that is not given is made.
PARENTS: dict[str, dict[str, str]] = {
    "UserSession": {"userId": "User"},
    "RolePermission": {"roleId": "Role", "permissionId": "Permission"},
    "UserRole": {"userId": "User", "roleId": "Role"},
    "UserPermission": {"userId": "User", "permissionId": "Permission"},
    "ProductVariant": {"productId": "Product"},
    "ProductCategory": {"productId": "Product", "categoryId": "Category"},
    "ProductCollection": {"productId": "Product", "collectionId": "Collection"},
    "Inventory": {"productVariantId": "ProductVariant"},
    "ProductMedia": {"productId": "Product", "mediaId": "Media"},
    "VariantMedia": {"variantId": "ProductVariant", "mediaId": "Media"},
    "CartItem": {"cartId": "Cart", "productVariantId": "ProductVariant"},
    "Address": {"userId": "User"},
    "Order": {"userId": "User"},
    "OrderItem": {"orderId": "Order", "productId": "Product", "productVariantId": "ProductVariant"},
    "Payment": {"orderId": "Order"},
    "SavedCard": {"userId": "User"},
    "PaymentRefund": {"paymentId": "Payment"},
    "Review": {"productId": "Product", "userId": "User"},
    "ReviewMedia": {"reviewId": "Review", "mediaId": "Media"},
    "CouponUsage": {"couponId": "Coupon", "orderId": "Order"},
}

_NOW = {"UserSession": {"expiresAt": "now() + interval '30 days'"}}
_WITHOUT_ID = {
    "RolePermission",
    "UserRole",
    "UserPermission",
    "ProductCategory",
    "ProductCollection",
    "ProductMedia",
    "VariantMedia",
    "ReviewMedia",
}
_numbers = count(1)


class Shop:
    """Writes rows through one connection."""

    def __init__(self, connection: asyncpg.Connection[Row]) -> None:
        self.connection = connection

    async def insert(self, table: str, **given: object) -> Row:
        """Insert one valid row, with the parents it needs, and return it as the database has it."""
        values = _fill(table) | given
        for field, parent in PARENTS.get(table, {}).items():
            if field not in values:
                values[field] = (await self.insert(parent))["id"]
        moments = {key: sql for key, sql in _NOW.get(table, {}).items() if key not in values}
        columns = [*values, *moments, "updatedAt"]
        marks = [f"${place}" for place in range(1, len(values) + 1)]
        names = ", ".join(f'"{column}"' for column in columns)
        parameters = ", ".join([*marks, *moments.values(), "now()"])
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({parameters}) RETURNING *'
        row = await self.connection.fetchrow(sql, *values.values())
        assert row is not None
        return row

    async def set(self, table: str, key: str, assignments: str) -> str:
        """Update one row by its id and return the command tag."""
        return await self.connection.execute(f'UPDATE "{table}" SET {assignments} WHERE "id" = $1', key)

    async def delete(self, table: str, key: str) -> str:
        return await self.connection.execute(f'DELETE FROM "{table}" WHERE "id" = $1', key)

    async def get(self, table: str, key: str) -> Row:
        row = await self.connection.fetchrow(f'SELECT * FROM "{table}" WHERE "id" = $1', key)
        assert row is not None
        return row

    async def count(self, table: str) -> int:
        found: int = await self.connection.fetchval(f'SELECT count(*) FROM "{table}"')
        return found

    async def active_product(self, **given: object) -> tuple[Row, Row]:
        """Insert an ACTIVE product with its primary variant and return both."""
        async with self.connection.transaction():
            product = await self.insert("Product", status="ACTIVE", **given)
            variant = await self.insert("ProductVariant", productId=product["id"], isPrimary=True)
        return product, variant


def _fill(table: str) -> dict[str, object]:
    number = next(_numbers)
    values: dict[str, object] = {} if table in _WITHOUT_ID else {"id": f"{table.lower()}{number}"}
    for field, value in VALUES[table].items():
        text = value.format(n=number, hash=f"{number:064x}") if isinstance(value, str) else value
        values[field] = text
    return values
