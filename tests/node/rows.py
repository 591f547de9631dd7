"""Rows of every model with all that can be in them, and changed copies of them, in the words of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from lumi_db import Database
from lumi_db.client import load_datamodel
from lumi_db.engine.datamodel import Field, Model
from lumi_db.scope import with_deleted
from lumi_db.testing.factories import FACTORIES, CartFactory, CategoryFactory
from lumi_db.testing.factories.chance import now

TEXT = "ışık ŞİİR 👗 e\u0301 \"'\\ \n\t%_"
MOST = "9999999999.99"
JSON: dict[str, Any] = {
    "text": TEXT,
    "nothing": None,
    "empty": [{}, [], ""],
    "deep": {"list": [1, -2.5, 1e-7, True, False, None, {"x": [[None]]}]},
    "integer": 2**53 - 1,
}
WAS = now() - timedelta(days=3, milliseconds=7)
# What the factories leave null or plain.
FULL: dict[str, dict[str, Any]] = {
    "Address": {"line2": TEXT, "isDefault": True},
    "AuditLog": {"before": JSON, "after": {"nothing": None}},
    "Cart": {"sessionId": TEXT},
    "Category": {"imageUrl": TEXT, "iconUrl": TEXT, "description": TEXT},
    "Collection": {"imageUrl": TEXT, "deletedAt": now()},
    "Coupon": {"minOrderAmount": MOST, "maxDiscountAmount": "0.01", "usageLimit": 2**31 - 1},
    "Media": {"caption": TEXT, "deletedAt": now()},
    "Order": {
        "status": "DELIVERED", "cancelledAt": WAS, "notes": TEXT, "metadata": JSON, "idempotencyKey": TEXT,
        "idempotencyHash": TEXT,
    },
    "OrderItem": {"variantSnapshot": JSON},
    "Payment": {
        "transactionId": TEXT, "paidPrice": "0.00", "cardToken": "token", "threeDSHtmlContent": TEXT, "deviceId": TEXT,
        "riskFlags": [JSON, None], "authorizedAt": WAS, "settledAt": WAS, "failedAt": WAS, "failureReason": TEXT,
        "failureCode": TEXT, "rawPayload": JSON, "idempotencyKey": TEXT,
    },
    "PaymentRefund": {
        "refundId": TEXT, "processedAt": WAS, "failureReason": TEXT, "metadata": JSON, "idempotencyKey": TEXT,
    },
    "Product": {"compareAtPrice": MOST, "searchKeywords": [TEXT, "", "ş"], "attributes": JSON, "description": TEXT},
    "ProductVariant": {"compareAtPrice": MOST, "attributes": JSON},
    "SecurityEvent": {"payload": "a text alone"},
    "User": {"emailVerifiedAt": WAS, "lockoutUntil": WAS, "twoFactorSecret": TEXT, "emailVerified": True},
    "UserSession": {"revokedAt": WAS},
}  # fmt: skip
# `deletedAt` of a row that would take others along, and the order of a review.
NEVER_FULL = {("Category", "deletedAt"), ("Coupon", "deletedAt"), ("Product", "deletedAt"), ("Review", "orderId"),
              ("ProductVariant", "deletedAt"), ("Review", "deletedAt"), ("User", "deletedAt")}  # fmt: skip

Rows = dict[str, list[dict[str, Any]]]


async def write_all(database: Database) -> None:
    """Write of each model a row as its factory draws it, and one with everything in it."""
    await CategoryFactory.create(database, parent=await CategoryFactory.create(database))
    for name, factory in FACTORIES.items():
        await factory.create(database)
        more = {"cart": await CartFactory.create(database)} if name == "Order" else {}
        await factory.create(database, **FULL.get(name, {}), **more)


async def read_all(database: Database) -> Rows:
    """Return all rows of all models, in the words of JSON, ordered by their keys."""
    with with_deleted():
        found = {
            name: await getattr(database.client, name.lower()).find_many() for name in load_datamodel().models
        }
    return {name: in_order(name, [_to_json(name, row) for row in rows]) for name, rows in found.items()}


def in_order(name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Order rows by their keys."""
    return sorted(rows, key=lambda row: key_of(name, row))


def key_of(name: str, row: dict[str, Any]) -> tuple[str, ...]:
    """Return the values of the key."""
    return tuple(row[field.name] for field in load_datamodel().models[name].id_fields)


def _to_json(name: str, row: Any) -> dict[str, Any]:
    fields = load_datamodel().models[name].fields
    return {field.name: _value(field, getattr(row, field.name)) for field in fields.values()}


def _value(field: Field, value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return format(_plain(value), "f") if isinstance(value, Decimal) else value


def _plain(value: Decimal) -> Decimal:
    """Take the zeros off the end, as Prisma's Decimal has it."""
    return value.normalize() if value else Decimal(0)


def list_in_order() -> list[Model]:
    """Return the models so that each comes after those it points at."""
    done: dict[str, Model] = {}

    def visit(model: Model) -> None:
        for relation in model.relations.values():
            if relation.owns_key and relation.target not in (*done, model.name):
                visit(load_datamodel().models[relation.target])
        done.setdefault(model.name, model)

    for model in load_datamodel().models.values():
        visit(model)
    return list(done.values())


def copies(rows: Rows) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield changed copies of all rows of each model, which point at each other, in an order to write them in."""
    for model in list_in_order():
        made = [
            {name: _changed(model, name, _free(row, value)) for name, value in row.items()}
            for row in rows[model.name]
        ]
        yield model.name, sorted(made, key=lambda row: row.get("level", 0))


def as_kept(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row that was written as the database keeps it: a deleted one gives its unique values free."""
    model = load_datamodel().models[name]
    names = [field for field in row if row.get("deletedAt") and field != "id" and _is_unique(model, field)]
    return row | {field: f"{row[field]}#{row['id']}" for field in names if row[field] is not None}


def _free(row: dict[str, Any], value: Any) -> Any:
    """Return what a unique value was before its row was deleted."""
    return value.removesuffix(f"#{row.get('id')}") if isinstance(value, str) else value


def _changed(model: Model, name: str, value: Any) -> Any:
    field = model.fields[name]
    keys = {one.name for relation in model.relations.values() if relation.owns_key for one in relation.local}
    if name == "updatedAt":
        return "2020-02-29T23:59:59.001Z"
    if value is None:
        return None
    if field.type == "Json":
        return {"copied": value, "nothing": None}
    if name == "id" or name in keys:
        return "n" + value[1:]
    if name == "refreshTokenHash":
        return value[::-1]
    if name == "reference":
        return value.replace("-", "-9", 2).replace("-9", "-", 1)
    if name == "path":
        return value.replace("/", "/n")
    if (model.name, name) in (("Cart", "sessionId"), ("Payment", "transactionId")) or _is_unique(model, name):
        return ("N" if name == "code" else "n") + value
    if field.type == "String" and value == TEXT:
        return f"{TEXT} from Node"
    return value


def _is_unique(model: Model, name: str) -> bool:
    return any([field.name for field in unique.fields] == [name] for unique in model.uniques)
