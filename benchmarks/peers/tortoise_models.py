"""The tables of the shop that are measured, as Tortoise's models."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model

from ..hand.rows import Cuids

_new_id = Cuids()


def _enum(name: str, *values: str) -> Any:
    return Enum(name, {value: value for value in values}, type=str)


UserStatus = _enum("UserStatus", "ACTIVE", "SUSPENDED", "DELETED")
ProductStatus = _enum("ProductStatus", "DRAFT", "ACTIVE", "ARCHIVED")
InventoryPolicy = _enum("InventoryPolicy", "TRACK", "CONTINUE", "DENY")
OrderStatus = _enum("OrderStatus", "PENDING", "PAID", "FULFILLED", "SHIPPED", "DELIVERED", "CANCELLED")
CardType = _enum("CardType", "CREDIT", "DEBIT", "PREPAID")
CardAssociation = _enum("CardAssociation", "VISA", "MASTERCARD", "AMEX", "TROY", "OTHER")
SecurityEventType = _enum("SecurityEventType", "LOGIN_FAILED", "PASSWORD_CHANGED")


def _id() -> Any:
    return fields.TextField(primary_key=True, default=_new_id)


def _money(**options: Any) -> Any:
    return fields.DecimalField(max_digits=12, decimal_places=2, **options)


def _moment() -> Any:
    return fields.DatetimeField(null=True)


def _text() -> Any:
    return fields.TextField(null=True)


def _belongs_to(model: str, related_name: Any, **options: Any) -> Any:
    return fields.ForeignKeyField(f"models.{model}", related_name=related_name, **options)


class Stamped(Model):
    createdAt = fields.DatetimeField(auto_now_add=True)
    updatedAt = fields.DatetimeField(auto_now=True)

    class Meta:
        abstract = True


class User(Stamped):
    id = _id()
    email = fields.TextField()
    passwordHash = fields.TextField()
    firstName, lastName, phone = _text(), _text(), _text()
    emailVerified = fields.BooleanField(default=False)
    emailVerifiedAt = _moment()
    failedLoginCount = fields.IntField(default=0)
    lockoutUntil = _moment()
    twoFactorSecret = _text()
    twoFactorEnabled = fields.BooleanField(default=False)
    status = fields.CharEnumField(UserStatus, default=UserStatus.ACTIVE)
    deletedAt = _moment()

    class Meta:
        table = "User"


class Product(Stamped):
    id = _id()
    title = fields.TextField()
    slug = fields.TextField()
    sku, description, summary = _text(), _text(), _text()
    status = fields.CharEnumField(ProductStatus)
    price, compareAtPrice = _money(), _money(null=True)
    currency = fields.TextField(default="TRY")
    inventoryPolicy = fields.CharEnumField(InventoryPolicy)
    searchKeywords = ArrayField("text")
    attributes: Any = fields.JSONField()
    version = fields.IntField(default=0)
    deletedAt = _moment()
    variants: fields.ReverseRelation[ProductVariant]
    categories: fields.ReverseRelation[ProductCategory]

    class Meta:
        table = "Product"


class ProductVariant(Stamped):
    id = _id()
    product = _belongs_to("Product", "variants", source_field="productId")
    title = fields.TextField()
    sku = fields.TextField()
    price, compareAtPrice = _money(), _money(null=True)
    stock = fields.IntField(default=0)
    attributes: Any = fields.JSONField()
    weightGrams = fields.IntField(null=True)
    isPrimary = fields.BooleanField(default=False)
    version = fields.IntField(default=0)
    deletedAt = _moment()

    class Meta:
        table = "ProductVariant"


class ProductCategory(Stamped):
    # Tortoise has no keys of several columns; rows are only read here.
    product = _belongs_to("Product", "categories", source_field="productId")
    categoryId = fields.TextField(primary_key=True)
    isPrimary = fields.BooleanField(default=False)
    assignedAt = _moment()

    class Meta:
        table = "ProductCategory"


class Order(Stamped):
    id = _id()
    reference = fields.TextField()
    userId, cartId = _text(), _text()
    status = fields.CharEnumField(OrderStatus, default=OrderStatus.PENDING)
    subtotalAmount = _money()
    discountAmount, shippingAmount, taxAmount = (_money(default=Decimal(0)) for _ in range(3))
    totalAmount = _money()
    currency = fields.TextField(default="TRY")
    shippingAddressId, billingAddressId = _text(), _text()
    shippingAddressSnapshot: Any = fields.JSONField(default=dict)
    billingAddressSnapshot: Any = fields.JSONField(default=dict)
    placedAt = fields.DatetimeField(auto_now_add=True)
    fulfilledAt, shippedAt, deliveredAt, cancelledAt = (_moment() for _ in range(4))
    notes = _text()
    metadata: Any = fields.JSONField(null=True)
    idempotencyKey, idempotencyHash = _text(), _text()
    version = fields.IntField(default=0)
    items: fields.ReverseRelation[OrderItem]

    class Meta:
        table = "Order"


class OrderItem(Stamped):
    id = _id()
    order = _belongs_to("Order", "items", source_field="orderId")
    productId = _text()
    productVariant = _belongs_to("ProductVariant", False, source_field="productVariantId", null=True)
    quantity = fields.IntField()
    quantityReserved = fields.IntField(default=0)
    unitPrice = _money()
    currency = fields.TextField(default="TRY")
    titleSnapshot = fields.TextField()
    variantSnapshot: Any = fields.JSONField(default=dict)

    class Meta:
        table = "OrderItem"


class Address(Stamped):
    id = _id()
    userId = fields.TextField()
    label = _text()
    fullName = fields.TextField()
    phone = _text()
    line1 = fields.TextField()
    line2 = _text()
    city = fields.TextField()
    state, postalCode = _text(), _text()
    country = fields.TextField(default="TR")
    isDefault = fields.BooleanField(default=False)

    class Meta:
        table = "Address"


class SavedCard(Stamped):
    id = _id()
    userId = fields.TextField()
    cardToken = fields.TextField()
    cardAlias, binNumber = _text(), _text()
    lastFourDigits = fields.TextField()
    cardType = fields.CharEnumField(CardType, null=True)
    cardAssociation = fields.CharEnumField(CardAssociation, null=True)
    cardFamily, cardBankName, cardHolderName = _text(), _text(), _text()
    expiryMonth, expiryYear = fields.IntField(), fields.IntField()
    isDefault = fields.BooleanField(default=False)

    class Meta:
        table = "SavedCard"


class SecurityEvent(Stamped):
    id = _id()
    userId = _text()
    type = fields.CharEnumField(SecurityEventType)
    ipAddress, userAgent = _text(), _text()
    payload: Any = fields.JSONField(null=True)

    class Meta:
        table = "SecurityEvent"
