"""What an API of the shop offers: a path for each aggregate, with the DTOs that go in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lumi_db.dto import accounts, carts, catalogue, coupons, orders, payments, reviews
from lumi_db.dto.base import Changes, Input
from lumi_db.dto.responses.accounts import (
    AddressResponse,
    PermissionResponse,
    RoleResponse,
    SessionResponse,
    UserResponse,
)
from lumi_db.dto.responses.audit import AuditLogResponse, SecurityEventResponse
from lumi_db.dto.responses.carts import CartItemResponse, CartResponse
from lumi_db.dto.responses.catalogue import (
    CategoryResponse,
    CollectionResponse,
    InventoryResponse,
    ProductResponse,
    VariantResponse,
)
from lumi_db.dto.responses.coupons import CouponResponse
from lumi_db.dto.responses.media import MediaResponse
from lumi_db.dto.responses.orders import OrderResponse
from lumi_db.dto.responses.payments import PaymentResponse, RefundResponse, SavedCardResponse
from lumi_db.dto.responses.reviews import ReviewResponse
from lumi_db.dto.row import Row

Method = Literal["post", "delete"]


@dataclass(frozen=True, slots=True)
class Action:
    """What is done with one row, or made of an input, beside the standard operations."""

    name: str
    summary: str
    path: str
    answer: type[Row]
    input: type[Input] | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Resource:
    """A list of rows and its operations: `list` and `get` always, the others where there is a DTO for them.

    A list of `grows` is read by cursors, others by numbers of pages.
    """

    path: str
    name: str
    answer: type[Row]
    create: type[Input] | None = None
    update: type[Changes] | None = None
    can_delete: bool = False
    grows: bool = False
    actions: tuple[Action, ...] = ()


RESOURCES = (
    Resource("/users", "user", UserResponse, accounts.UserCreate, accounts.UserUpdate, can_delete=True),
    Resource("/roles", "role", RoleResponse, accounts.RoleCreate, accounts.RoleUpdate, can_delete=True),
    Resource(
        "/permissions", "permission", PermissionResponse, accounts.PermissionCreate, accounts.PermissionUpdate
    ),
    Resource("/sessions", "session", SessionResponse, can_delete=True),
    Resource(
        "/addresses", "address", AddressResponse, accounts.AddressCreate, accounts.AddressUpdate, can_delete=True
    ),
    Resource(
        "/products", "product", ProductResponse, catalogue.ProductCreate, catalogue.ProductUpdate,
        can_delete=True,
        actions=(
            Action("publishProduct", "Publish a product", "/products/{id}/publish", ProductResponse),
            Action("archiveProduct", "Archive a product", "/products/{id}/archive", ProductResponse),
        ),
    ),
    Resource(
        "/variants", "variant", VariantResponse, catalogue.VariantCreate, catalogue.VariantUpdate, can_delete=True
    ),
    Resource(
        "/categories", "category", CategoryResponse, catalogue.CategoryCreate, catalogue.CategoryUpdate,
        can_delete=True,
    ),
    Resource(
        "/collections", "collection", CollectionResponse, catalogue.CollectionCreate,
        catalogue.CollectionUpdate, can_delete=True,
    ),
    Resource("/media", "media", MediaResponse, catalogue.MediaCreate, catalogue.MediaUpdate, can_delete=True),
    Resource(
        "/inventory", "inventory", InventoryResponse, catalogue.InventoryCreate, catalogue.InventoryUpdate,
        actions=(
            Action(
                "adjustInventory", "Count the pieces of a variant up or down", "/inventory/adjustments",
                InventoryResponse, catalogue.InventoryAdjust,
            ),
        ),
    ),
    Resource("/carts", "cart", CartResponse),
    Resource(
        "/cart-items", "cartItem", CartItemResponse, carts.CartItemCreate, carts.CartItemUpdate, can_delete=True
    ),
    Resource(
        "/orders", "order", OrderResponse, None, orders.OrderUpdate, grows=True,
        actions=(
            Action("checkOut", "Make an order of a cart", "/checkout", OrderResponse, orders.Checkout, 201),
            Action("cancelOrder", "Cancel an order", "/orders/{id}/cancel", OrderResponse),
        ),
    ),
    Resource("/payments", "payment", PaymentResponse, payments.PaymentCreate, payments.PaymentUpdate, grows=True),
    Resource("/refunds", "refund", RefundResponse, payments.PaymentRefundCreate, grows=True),
    Resource(
        "/saved-cards", "savedCard", SavedCardResponse, payments.SavedCardCreate, payments.SavedCardUpdate,
        can_delete=True,
    ),
    Resource(
        "/reviews", "review", ReviewResponse, reviews.ReviewCreate, reviews.ReviewUpdate, can_delete=True,
        grows=True,
        actions=(
            Action("approveReview", "Let a review be seen", "/reviews/{id}/approve", ReviewResponse),
            Action("rejectReview", "Keep a review from being seen", "/reviews/{id}/reject", ReviewResponse),
        ),
    ),
    Resource("/coupons", "coupon", CouponResponse, coupons.CouponCreate, coupons.CouponUpdate, can_delete=True),
    Resource("/audit-log", "auditEntry", AuditLogResponse, grows=True),
    Resource("/security-events", "securityEvent", SecurityEventResponse, grows=True),
)  # fmt: skip
