"""The repositories: thin over the generated client, one file an aggregate; `base.py` has what all of them can do."""

from .access import PermissionRepository, RoleRepository
from .addresses import AddressRepository
from .base import Repository
from .cards import SavedCardRepository
from .carts import CartRepository
from .catalogue import CollectionRepository, MediaRepository
from .categories import CategoryRepository
from .coupons import CouponRepository
from .inventory import InventoryRepository
from .orders import OrderRepository
from .pages import CursorPage, Page
from .payments import PaymentRepository
from .products import ProductRepository, VariantRepository
from .records import AuditLogRepository, SecurityEventRepository
from .reviews import ReviewRepository
from .sessions import IssuedSession, SessionRepository
from .users import UserRepository

__all__ = [
    "AddressRepository",
    "AuditLogRepository",
    "CartRepository",
    "CategoryRepository",
    "CollectionRepository",
    "CouponRepository",
    "CursorPage",
    "InventoryRepository",
    "IssuedSession",
    "MediaRepository",
    "OrderRepository",
    "Page",
    "PaymentRepository",
    "PermissionRepository",
    "ProductRepository",
    "Repository",
    "ReviewRepository",
    "RoleRepository",
    "SavedCardRepository",
    "SecurityEventRepository",
    "SessionRepository",
    "UserRepository",
    "VariantRepository",
]
