"""The tables of the shop that are measured, as Piccolo's tables; `bind_tables` says which database they are in."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from piccolo.columns import (
    JSONB,
    Array,
    Boolean,
    ForeignKey,
    Integer,
    Numeric,
    Text,
    Timestamptz,
)
from piccolo.engine.postgres import PostgresEngine
from piccolo.table import Table

from ..hand.rows import Cuids

_new_id = Cuids()


def _now() -> datetime:
    return datetime.now(UTC)


def _id() -> Any:
    return Text(primary_key=True, default=_new_id)


def _text() -> Any:
    return Text(null=True, default=None)


def _money(**options: Any) -> Any:
    return Numeric(digits=(12, 2), **options)


def _moment() -> Any:
    return Timestamptz(null=True, default=None)


def _created() -> Any:
    return Timestamptz(default=_now)


def _updated() -> Any:
    return Timestamptz(default=_now, auto_update=_now)


class User(Table, tablename="User"):
    id = _id()
    email = Text()
    passwordHash = Text(secret=True)
    firstName, lastName, phone = _text(), _text(), _text()
    emailVerified = Boolean(default=False)
    emailVerifiedAt = _moment()
    failedLoginCount = Integer(default=0)
    lockoutUntil = _moment()
    twoFactorSecret = _text()
    twoFactorEnabled = Boolean(default=False)
    status = Text(default="ACTIVE")
    deletedAt, createdAt, updatedAt = _moment(), _created(), _updated()


class Product(Table, tablename="Product"):
    id = _id()
    title = Text()
    slug = Text()
    sku, description, summary = _text(), _text(), _text()
    status = Text(default="DRAFT")
    price, compareAtPrice = _money(), _money(null=True, default=None)
    currency = Text(default="TRY")
    inventoryPolicy = Text(default="TRACK")
    searchKeywords = Array(base_column=Text())
    attributes = JSONB()
    version = Integer(default=0)
    deletedAt, createdAt, updatedAt = _moment(), _created(), _updated()


class ProductVariant(Table, tablename="ProductVariant"):
    id = _id()
    productId = ForeignKey(Product)
    title = Text()
    sku = Text()
    price, compareAtPrice = _money(), _money(null=True, default=None)
    stock = Integer(default=0)
    attributes = JSONB()
    weightGrams = Integer(null=True, default=None)
    isPrimary = Boolean(default=False)
    version = Integer(default=0)
    deletedAt, createdAt, updatedAt = _moment(), _created(), _updated()


class ProductCategory(Table, tablename="ProductCategory"):
    productId = ForeignKey(Product)
    categoryId = Text(primary_key=True)
    isPrimary = Boolean(default=False)
    assignedAt, createdAt, updatedAt = _created(), _created(), _updated()


class Order(Table, tablename="Order"):
    id = _id()
    reference = Text()
    userId, cartId = _text(), _text()
    status = Text(default="PENDING")
    subtotalAmount = _money()
    discountAmount, shippingAmount, taxAmount = (_money(default=Decimal(0)) for _ in range(3))
    totalAmount = _money()
    currency = Text(default="TRY")
    shippingAddressId, billingAddressId = _text(), _text()
    shippingAddressSnapshot, billingAddressSnapshot = JSONB(default="{}"), JSONB(default="{}")
    placedAt = _created()
    fulfilledAt, shippedAt, deliveredAt, cancelledAt = (_moment() for _ in range(4))
    notes = _text()
    metadata = JSONB(null=True, default=None)
    idempotencyKey, idempotencyHash = _text(), _text()
    version = Integer(default=0)
    createdAt, updatedAt = _created(), _updated()


class OrderItem(Table, tablename="OrderItem"):
    id = _id()
    orderId = ForeignKey(Order)
    productId = _text()
    productVariantId = ForeignKey(ProductVariant)
    quantity = Integer()
    quantityReserved = Integer(default=0)
    unitPrice = _money()
    currency = Text(default="TRY")
    titleSnapshot = Text()
    variantSnapshot = JSONB(default="{}")
    createdAt, updatedAt = _created(), _updated()


class Address(Table, tablename="Address"):
    id = _id()
    userId = Text()
    label = _text()
    fullName = Text()
    phone = _text()
    line1 = Text()
    line2 = _text()
    city = Text()
    state, postalCode = _text(), _text()
    country = Text(default="TR")
    isDefault = Boolean(default=False)
    createdAt, updatedAt = _created(), _updated()


class SavedCard(Table, tablename="SavedCard"):
    id = _id()
    userId = Text()
    cardToken = Text()
    cardAlias, binNumber = _text(), _text()
    lastFourDigits = Text()
    cardType, cardAssociation, cardFamily, cardBankName, cardHolderName = (_text() for _ in range(5))
    expiryMonth, expiryYear = Integer(), Integer()
    isDefault = Boolean(default=False)
    createdAt, updatedAt = _created(), _updated()


class SecurityEvent(Table, tablename="SecurityEvent"):
    id = _id()
    userId = _text()
    type = Text()
    ipAddress, userAgent = _text(), _text()
    payload = JSONB(null=True, default=None)
    createdAt, updatedAt = _created(), _updated()


TABLES = (
    User, Product, ProductVariant, ProductCategory, Order, OrderItem, Address, SavedCard, SecurityEvent,
)  # fmt: skip


def bind_tables(engine: PostgresEngine) -> None:
    for table in TABLES:
        table._meta._db = engine
