"""Rows of every model for Node to read: with values at their limits, with nulls, with every value of every enum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from lumi_db import Database
from lumi_db.client import load_datamodel, load_generated
from lumi_db.engine.datamodel import Model
from lumi_db.scope import with_deleted
from lumi_db.testing.factories import FACTORIES

TEXT = 'Şık ‘çığ’ İı 👗\u200d🦊 "quoted" \\ 100% {a,b}\n\t\u0001 NULL'
JSON: dict[str, Any] = {
    "": {},
    "list": [1, None, {"deep": [[], {}]}, "Ş👗", True, False],
    "null": None,
    "largest": 2**53 - 1,
    "tenth": 0.1,
    "tiny": 1e-7,
    "text": TEXT,
}
LARGEST = 2**31 - 1
MONEY = Decimal("9999999999.99")
CENT = Decimal("0.01")
EARLY = datetime(1901, 12, 13, 20, 45, 51, 999_000, tzinfo=UTC)
LEAP = datetime(2024, 2, 29, 23, 59, 59, 999_000, tzinfo=UTC)
LATE = datetime(9999, 12, 31, 23, 59, 59, 998_000, tzinfo=UTC)

# A value for every field that the factory leaves null, and limits where the database's checks allow them.
FULL: dict[str, dict[str, Any]] = {
    "Address": {"line1": TEXT, "line2": TEXT, "isDefault": True, "createdAt": EARLY},
    "AuditLog": {"before": JSON, "after": JSON, "entity": TEXT, "requestId": TEXT},
    "Cart": {"sessionId": TEXT, "expiresAt": LATE, "currency": "EUR"},
    "CartItem": {"quantity": LARGEST, "unitPrice": MONEY},
    "Category": {"description": TEXT, "imageUrl": TEXT, "iconUrl": TEXT, "displayOrder": -LARGEST - 1},
    "Collection": {"description": TEXT, "imageUrl": TEXT, "displayOrder": LARGEST},
    "Coupon": {
        "type": "FIXED_AMOUNT", "value": MONEY, "description": TEXT, "minOrderAmount": CENT, "maxDiscountAmount": MONEY,
        "usageLimit": LARGEST, "usageCount": LARGEST, "startsAt": EARLY, "expiresAt": LATE, "isActive": False,
    },
    "CouponUsage": {"discountAmount": CENT, "usedAt": LEAP},
    "Inventory": {"quantityAvailable": LARGEST - 1, "quantityReserved": 1, "lowStockThreshold": LARGEST},
    "Media": {"sizeBytes": LARGEST, "width": LARGEST, "height": 1, "alt": TEXT, "caption": TEXT},
    "Order": {
        "status": "DELIVERED", "placedAt": LEAP, "fulfilledAt": LEAP, "shippedAt": LEAP, "deliveredAt": LATE,
        "cancelledAt": EARLY, "notes": TEXT, "metadata": JSON, "shippingAddressSnapshot": JSON,
        "billingAddressSnapshot": JSON, "idempotencyKey": TEXT, "idempotencyHash": "0" * 64,
    },
    "OrderItem": {"quantity": LARGEST, "titleSnapshot": TEXT, "variantSnapshot": JSON, "unitPrice": CENT},
    "Payment": {
        "status": "FAILED", "transactionId": TEXT, "paidPrice": MONEY, "installment": LARGEST, "cardToken": TEXT,
        "threeDSHtmlContent": TEXT * 100, "deviceId": TEXT, "fraudScore": 100, "riskFlags": [JSON, None],
        "authorizedAt": LEAP, "settledAt": EARLY, "failedAt": LATE, "rawPayload": JSON, "idempotencyKey": TEXT,
    },
    "PaymentRefund": {
        "status": "FAILED", "refundId": TEXT, "failureReason": TEXT, "processedAt": LEAP, "metadata": JSON,
        "idempotencyKey": TEXT,
    },
    "Permission": {"description": TEXT},
    "Product": {
        "title": TEXT, "sku": "A-1/2.3_4", "description": TEXT, "summary": TEXT, "price": MONEY,
        "compareAtPrice": MONEY, "attributes": JSON, "searchKeywords": ["", "a,b", 'c"d', "{e}", "\\", "NULL", TEXT],
    },
    "ProductCategory": {"isPrimary": True, "assignedAt": EARLY},
    "ProductCollection": {"displayOrder": LARGEST},
    "ProductMedia": {"isPrimary": True, "sortOrder": -LARGEST - 1},
    "ProductVariant": {
        "price": CENT, "compareAtPrice": MONEY, "stock": LARGEST, "attributes": JSON, "weightGrams": LARGEST,
        "createdAt": LEAP,
    },
    "Review": {
        "rating": 5, "title": TEXT, "content": TEXT, "isVerifiedPurchase": True, "helpfulCount": LARGEST,
        "notHelpfulCount": LARGEST,
    },
    "ReviewMedia": {"sortOrder": LARGEST},
    "Role": {"name": TEXT, "description": TEXT},
    "RolePermission": {"assignedAt": EARLY},
    "SavedCard": {"cardToken": TEXT, "expiryYear": 9999, "isDefault": True},
    "SecurityEvent": {"payload": JSON, "userAgent": TEXT},
    "User": {
        "firstName": TEXT, "lastName": TEXT, "emailVerified": True, "emailVerifiedAt": LEAP, "lockoutUntil": LATE,
        "failedLoginCount": LARGEST, "twoFactorSecret": TEXT, "twoFactorEnabled": True,
    },
    "UserPermission": {"assignedAt": LEAP},
    "UserRole": {"assignedAt": LATE},
    "UserSession": {"userAgent": TEXT, "expiresAt": LATE, "revokedAt": LEAP},
    "VariantMedia": {"isPrimary": True, "sortOrder": LARGEST},
}  # fmt: skip

# What Node writes over: a value of each type, and null in a field that was full.
CHANGES: dict[str, dict[str, Any]] = {
    "Address": {"line2": None, "isDefault": False},
    "Cart": {"expiresAt": None, "currency": "USD"},
    "CartItem": {"unitPrice": "0.01", "quantity": 1},
    "Category": {"name": TEXT, "displayOrder": LARGEST},
    "Collection": {"status": "ARCHIVED", "description": None},
    "Coupon": {"value": "0.00", "type": "PERCENTAGE", "expiresAt": None},
    "CouponUsage": {"discountAmount": "9999999999.99"},
    "Inventory": {"lowStockThreshold": 0},
    "Media": {"provider": "S3", "width": None},
    "Order": {"metadata": None, "billingAddressSnapshot": {"now": JSON}, "cancelledAt": None},
    "OrderItem": {"variantSnapshot": {"list": [None]}, "quantity": 100},
    "Payment": {"riskFlags": None, "rawPayload": [JSON], "fraudScore": 0, "paymentChannel": "OFFLINE"},
    "PaymentRefund": {"metadata": [], "processedAt": None},
    "Permission": {"key": "everything:*"},
    "Product": {"searchKeywords": [], "attributes": {"of": TEXT}, "compareAtPrice": None},
    "ProductCategory": {"isPrimary": False, "assignedAt": "1901-12-13T20:45:52.001Z"},
    "ProductCollection": {"displayOrder": 0},
    "ProductMedia": {"sortOrder": 0},
    "ProductVariant": {"price": "9999999999.99", "weightGrams": 0, "attributes": {}},
    "Review": {"rating": 1, "content": ""},
    "ReviewMedia": {"sortOrder": -1},
    "Role": {"description": ""},
    "RolePermission": {"assignedAt": "9999-12-31T23:59:59.998Z"},
    "SavedCard": {"cardType": None, "expiryMonth": 1, "cardHolderName": TEXT},
    "SecurityEvent": {"payload": 0.1, "type": "LOGOUT"},
    "User": {"firstName": "", "lockoutUntil": None, "emailVerified": False},
    "UserPermission": {"assignedAt": "1970-01-01T00:00:00.000Z"},
    "UserRole": {"assignedAt": "2024-02-29T00:00:00.001Z"},
    "UserSession": {"revokedAt": None, "userAgent": TEXT},
    "VariantMedia": {"isPrimary": False},
}

# Null only once the user was purged.
NEVER_NULL = {("Order", "userId"), ("CouponUsage", "userId")}


async def fill(database: Database) -> None:
    """Write rows of every model: full ones, sparse ones, deleted ones, and one for each value of each enum."""
    async with database.tx() as tx:
        for name, factory in FACTORIES.items():
            model = load_datamodel().models[name]
            for given in (FULL[name], _sparse(model), *_enums(model), *_deleted(model)):
                await factory.create(tx, **given)
        await FACTORIES["Category"].create(tx, parent=await FACTORIES["Category"].create(tx))
        cart, address = [await FACTORIES[name].create(tx) for name in ("Cart", "Address")]
        order = await FACTORIES["Order"].create(
            tx, cart=cart, shippingAddress=address, billingAddress=address
        )
        await FACTORIES["Review"].create(tx, order=order)
        # The null of JSON, which is not the null of SQL.
        item = await FACTORIES["OrderItem"].create(tx)
        await tx.orderitem.update({"variantSnapshot": load_generated().fields.Json(None)}, {"id": item.id})


def _sparse(model: Model) -> dict[str, Any]:
    return {
        field.name: None
        for field in model.fields.values()
        if not field.is_required and (model.name, field.name) not in NEVER_NULL
    }


def _enums(model: Model) -> Iterator[dict[str, Any]]:
    for field in model.fields.values():
        if field.is_enum:
            for value in load_datamodel().enums[field.type].values:
                dead = {"deletedAt": LEAP} if (model.name, value) == ("User", "DELETED") else {}
                yield {field.name: value, **dead}


def _deleted(model: Model) -> Iterator[dict[str, Any]]:
    if "deletedAt" in model.fields:
        yield {"deletedAt": LEAP}


async def read(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all models as JSON has them, in the order of their keys."""
    found = {}
    with with_deleted():
        for name, model in load_datamodel().models.items():
            rows = await getattr(database.client, name.lower()).find_many()
            plain = [{field: to_json(getattr(row, field)) for field in model.fields} for row in rows]
            found[name] = sorted(plain, key=partial(key_of, model))
    return found


def key_of(model: Model, row: dict[str, Any]) -> str:
    return ":".join(row[field.name] for field in model.id_fields)


def to_json(value: Any) -> Any:
    """Say an instant to the millisecond and an amount with two places; the rest is JSON already."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return str(value.quantize(CENT)) if isinstance(value, Decimal) else value
