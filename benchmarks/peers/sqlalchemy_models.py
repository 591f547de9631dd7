"""The tables of the shop that are measured, as SQLAlchemy's declarative models."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import ARRAY, DateTime, Enum, ForeignKey, Numeric, String, Text, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from ..hand.rows import Cuids

_new_id = Cuids()


def _now() -> datetime:
    return datetime.now(UTC)


def _enum(name: str, *values: str) -> Enum:
    return Enum(*values, name=name, create_type=False)


Id = Annotated[str, mapped_column(primary_key=True, default=_new_id)]
Money = Annotated[Decimal, mapped_column(Numeric(12, 2))]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]
Json = Annotated[Any, mapped_column(JSONB)]


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own name for it
        str: Text(),
        Decimal: Numeric(12, 2),
        datetime: DateTime(timezone=True),
        Any: JSONB(),
        list[str]: ARRAY(String),
    }
    createdAt: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=98)
    updatedAt: Mapped[datetime] = mapped_column(default=_now, onupdate=_now, sort_order=99)


class User(Base):
    __tablename__ = "User"
    id: Mapped[Id]
    email: Mapped[str]
    passwordHash: Mapped[str]
    firstName: Mapped[str | None]
    lastName: Mapped[str | None]
    phone: Mapped[str | None]
    emailVerified: Mapped[bool] = mapped_column(default=False)
    emailVerifiedAt: Mapped[Moment | None]
    failedLoginCount: Mapped[int] = mapped_column(default=0)
    lockoutUntil: Mapped[Moment | None]
    twoFactorSecret: Mapped[str | None]
    twoFactorEnabled: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(
        _enum("UserStatus", "ACTIVE", "SUSPENDED", "DELETED"), default="ACTIVE"
    )
    deletedAt: Mapped[Moment | None]


class Product(Base):
    __tablename__ = "Product"
    id: Mapped[Id]
    title: Mapped[str]
    slug: Mapped[str]
    sku: Mapped[str | None]
    description: Mapped[str | None]
    summary: Mapped[str | None]
    status: Mapped[str] = mapped_column(_enum("ProductStatus", "DRAFT", "ACTIVE", "ARCHIVED"))
    price: Mapped[Money]
    compareAtPrice: Mapped[Money | None]
    currency: Mapped[str] = mapped_column(default="TRY")
    inventoryPolicy: Mapped[str] = mapped_column(_enum("InventoryPolicy", "TRACK", "CONTINUE", "DENY"))
    searchKeywords: Mapped[list[str]]
    attributes: Mapped[Json]
    version: Mapped[int] = mapped_column(default=0)
    deletedAt: Mapped[Moment | None]
    variants: Mapped[list[ProductVariant]] = relationship(back_populates="product")
    categories: Mapped[list[ProductCategory]] = relationship()


class ProductVariant(Base):
    __tablename__ = "ProductVariant"
    id: Mapped[Id]
    productId: Mapped[str] = mapped_column(ForeignKey("Product.id"))
    title: Mapped[str]
    sku: Mapped[str]
    price: Mapped[Money]
    compareAtPrice: Mapped[Money | None]
    stock: Mapped[int] = mapped_column(default=0)
    attributes: Mapped[Json]
    weightGrams: Mapped[int | None]
    isPrimary: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=0)
    deletedAt: Mapped[Moment | None]
    product: Mapped[Product] = relationship(back_populates="variants")


class ProductCategory(Base):
    __tablename__ = "ProductCategory"
    productId: Mapped[str] = mapped_column(ForeignKey("Product.id"), primary_key=True)
    categoryId: Mapped[str] = mapped_column(primary_key=True)
    isPrimary: Mapped[bool] = mapped_column(default=False)
    assignedAt: Mapped[Moment]


class Order(Base):
    __tablename__ = "Order"
    id: Mapped[Id]
    reference: Mapped[str]
    userId: Mapped[str | None]
    cartId: Mapped[str | None]
    status: Mapped[str] = mapped_column(
        _enum("OrderStatus", "PENDING", "PAID", "FULFILLED", "SHIPPED", "DELIVERED", "CANCELLED"),
        default="PENDING",
    )
    subtotalAmount: Mapped[Money]
    discountAmount: Mapped[Decimal] = mapped_column(default=Decimal(0))
    shippingAmount: Mapped[Decimal] = mapped_column(default=Decimal(0))
    taxAmount: Mapped[Decimal] = mapped_column(default=Decimal(0))
    totalAmount: Mapped[Money]
    currency: Mapped[str] = mapped_column(default="TRY")
    shippingAddressId: Mapped[str | None]
    billingAddressId: Mapped[str | None]
    shippingAddressSnapshot: Mapped[Any] = mapped_column(default=dict)
    billingAddressSnapshot: Mapped[Any] = mapped_column(default=dict)
    placedAt: Mapped[datetime] = mapped_column(default=_now)
    fulfilledAt: Mapped[Moment | None]
    shippedAt: Mapped[Moment | None]
    deliveredAt: Mapped[Moment | None]
    cancelledAt: Mapped[Moment | None]
    notes: Mapped[str | None]
    order_metadata: Mapped[Json | None] = mapped_column("metadata", JSONB(none_as_null=True))
    idempotencyKey: Mapped[str | None]
    idempotencyHash: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=0)
    items: Mapped[list[OrderItem]] = relationship()


class OrderItem(Base):
    __tablename__ = "OrderItem"
    id: Mapped[Id]
    orderId: Mapped[str] = mapped_column(ForeignKey("Order.id"))
    productId: Mapped[str | None] = mapped_column(ForeignKey("Product.id"))
    productVariantId: Mapped[str | None] = mapped_column(ForeignKey("ProductVariant.id"))
    quantity: Mapped[int]
    quantityReserved: Mapped[int] = mapped_column(default=0)
    unitPrice: Mapped[Money]
    currency: Mapped[str] = mapped_column(default="TRY")
    titleSnapshot: Mapped[str]
    variantSnapshot: Mapped[Any] = mapped_column(default=dict)
    productVariant: Mapped[ProductVariant | None] = relationship()


class Address(Base):
    __tablename__ = "Address"
    id: Mapped[Id]
    userId: Mapped[str]
    label: Mapped[str | None]
    fullName: Mapped[str]
    phone: Mapped[str | None]
    line1: Mapped[str]
    line2: Mapped[str | None]
    city: Mapped[str]
    state: Mapped[str | None]
    postalCode: Mapped[str | None]
    country: Mapped[str] = mapped_column(default="TR")
    isDefault: Mapped[bool] = mapped_column(default=False)


class SavedCard(Base):
    __tablename__ = "SavedCard"
    id: Mapped[Id]
    userId: Mapped[str]
    cardToken: Mapped[str]
    cardAlias: Mapped[str | None]
    binNumber: Mapped[str | None]
    lastFourDigits: Mapped[str]
    cardType: Mapped[str | None] = mapped_column(_enum("CardType", "CREDIT", "DEBIT", "PREPAID"))
    cardAssociation: Mapped[str | None] = mapped_column(
        _enum("CardAssociation", "VISA", "MASTERCARD", "AMEX", "TROY", "OTHER")
    )
    cardFamily: Mapped[str | None]
    cardBankName: Mapped[str | None]
    cardHolderName: Mapped[str | None]
    expiryMonth: Mapped[int]
    expiryYear: Mapped[int]
    isDefault: Mapped[bool] = mapped_column(default=False)


class SecurityEvent(Base):
    __tablename__ = "SecurityEvent"
    id: Mapped[Id]
    userId: Mapped[str | None]
    type: Mapped[str] = mapped_column(_enum("SecurityEventType", "LOGIN_FAILED", "PASSWORD_CHANGED"))
    ipAddress: Mapped[str | None]
    userAgent: Mapped[str | None]
    payload: Mapped[Json | None] = mapped_column(JSONB(none_as_null=True))
