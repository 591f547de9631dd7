"""Data that each input for a new row takes: what the OpenAPI document shows, and the tests go by."""

from __future__ import annotations

from typing import Any

from .accounts import AddressCreate, PermissionCreate, RoleCreate, UserCreate, UserImport
from .base import Input
from .carts import CartItemCreate
from .catalogue import (
    CategoryCreate,
    CollectionCreate,
    InventoryAdjust,
    InventoryCreate,
    MediaCreate,
    ProductCreate,
    VariantCreate,
    VariantInput,
)
from .coupons import CouponCreate
from .orders import Checkout
from .payments import PaymentCreate, PaymentRefundCreate, SavedCardCreate
from .reviews import ReviewCreate

VARIANT = {"title": "M", "sku": "DRS-01/M", "price": "49.90"}
EXAMPLES: dict[type[Input], dict[str, Any]] = {
    UserCreate: {"email": "ada@example.com", "password": "a long password"},
    UserImport: {"email": "ada@example.com", "passwordHash": f"$2b$12${'a' * 53}"},
    RoleCreate: {"name": "staff"},
    PermissionCreate: {"key": "product:publish"},
    AddressCreate: {"userId": "u1", "fullName": "Ada", "line1": "Street 1", "city": "İzmir"},
    CategoryCreate: {"name": "Boots", "slug": "women-boots"},
    CollectionCreate: {"name": "Summer", "slug": "summer"},
    MediaCreate: {
        "assetId": "a/b",
        "url": "https://example.com/a.webp",
        "mimeType": "image/webp",
        "sizeBytes": 1,
    },
    InventoryCreate: {"productVariantId": "v1"},
    InventoryAdjust: {"by": -1},
    VariantInput: VARIANT,
    VariantCreate: {**VARIANT, "productId": "p1"},
    ProductCreate: {"title": "Dress", "slug": "dress", "price": "49.90"},
    CouponCreate: {"code": "SUMMER-25", "type": "PERCENTAGE", "value": "25.00"},
    Checkout: {"cartId": "c1", "idempotencyKey": "k1"},
    CartItemCreate: {"cartId": "c1", "productVariantId": "v1"},
    PaymentCreate: {"orderId": "o1", "provider": "IYZICO"},
    PaymentRefundCreate: {"paymentId": "p1"},
    SavedCardCreate: {
        "userId": "u1",
        "cardToken": "tok_1",
        "lastFourDigits": "1234",
        "expiryMonth": 1,
        "expiryYear": 2030,
    },
    ReviewCreate: {"productId": "p1", "userId": "u1", "rating": 5},
}
"""Input → the least data it takes. Inputs for changes take none."""
