"""Factories: valid rows for tests, one factory for each model of the schema.

    product = await ProductFactory.create(db, title="Linen dress")
    order = await OrderFactory.create(db, user=user, items=2, status="PAID")
    variants = await VariantFactory.create_many(db, 5, product=product)
    review = ReviewFactory.build(rating=1)

`db` is a `Database`, a client, a transaction or a `Shop`. docs/testing.md shows more.
"""

from __future__ import annotations

from typing import Any

from .base import RowFactory
from .catalogue import (
    CategoryFactory,
    CollectionFactory,
    InventoryFactory,
    MediaFactory,
    ProductCategoryFactory,
    ProductCollectionFactory,
    ProductFactory,
    ProductMediaFactory,
    VariantFactory,
    VariantMediaFactory,
)
from .chance import CHANCE
from .orders import CouponUsageFactory, OrderFactory, OrderItemFactory
from .payments import PaymentFactory, PaymentRefundFactory
from .people import (
    TEST_PASSWORD,
    AddressFactory,
    AuditLogFactory,
    PermissionFactory,
    RoleFactory,
    RolePermissionFactory,
    SavedCardFactory,
    SecurityEventFactory,
    UserFactory,
    UserPermissionFactory,
    UserRoleFactory,
    UserSessionFactory,
)
from .reviews import ReviewFactory, ReviewMediaFactory
from .sales import CartFactory, CartItemFactory, CouponFactory

__all__ = [
    "FACTORIES",
    "TEST_PASSWORD",
    "AddressFactory",
    "AuditLogFactory",
    "CartFactory",
    "CartItemFactory",
    "CategoryFactory",
    "CollectionFactory",
    "CouponFactory",
    "CouponUsageFactory",
    "InventoryFactory",
    "MediaFactory",
    "OrderFactory",
    "OrderItemFactory",
    "PaymentFactory",
    "PaymentRefundFactory",
    "PermissionFactory",
    "ProductCategoryFactory",
    "ProductCollectionFactory",
    "ProductFactory",
    "ProductMediaFactory",
    "ReviewFactory",
    "ReviewMediaFactory",
    "RoleFactory",
    "RolePermissionFactory",
    "RowFactory",
    "SavedCardFactory",
    "SecurityEventFactory",
    "UserFactory",
    "UserPermissionFactory",
    "UserRoleFactory",
    "UserSessionFactory",
    "VariantFactory",
    "VariantMediaFactory",
    "seed_factories",
]

FACTORIES: dict[str, type[RowFactory[Any]]] = {
    "Address": AddressFactory,
    "AuditLog": AuditLogFactory,
    "Cart": CartFactory,
    "CartItem": CartItemFactory,
    "Category": CategoryFactory,
    "Collection": CollectionFactory,
    "Coupon": CouponFactory,
    "CouponUsage": CouponUsageFactory,
    "Inventory": InventoryFactory,
    "Media": MediaFactory,
    "Order": OrderFactory,
    "OrderItem": OrderItemFactory,
    "Payment": PaymentFactory,
    "PaymentRefund": PaymentRefundFactory,
    "Permission": PermissionFactory,
    "Product": ProductFactory,
    "ProductCategory": ProductCategoryFactory,
    "ProductCollection": ProductCollectionFactory,
    "ProductMedia": ProductMediaFactory,
    "ProductVariant": VariantFactory,
    "Review": ReviewFactory,
    "ReviewMedia": ReviewMediaFactory,
    "Role": RoleFactory,
    "RolePermission": RolePermissionFactory,
    "SavedCard": SavedCardFactory,
    "SecurityEvent": SecurityEventFactory,
    "User": UserFactory,
    "UserPermission": UserPermissionFactory,
    "UserRole": UserRoleFactory,
    "UserSession": UserSessionFactory,
    "VariantMedia": VariantMediaFactory,
}
"""Model → its factory."""


def seed_factories(seed: int) -> None:
    """Let all factories draw the same values again, in the same order, as after the last call with this seed.

    Instants aside, which count from now. In one database a seed serves once: its unique values are the same too.
    """
    CHANCE.seed(seed)
