"""`Shop`: every repository on one client, in and outside a transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from lumi_db.engine import run
from lumi_db.repositories import (
    AddressRepository,
    AuditLogRepository,
    CartRepository,
    CategoryRepository,
    CollectionRepository,
    CouponRepository,
    InventoryRepository,
    MediaRepository,
    OrderRepository,
    PaymentRepository,
    PermissionRepository,
    ProductRepository,
    ReviewRepository,
    RoleRepository,
    SavedCardRepository,
    SecurityEventRepository,
    SessionRepository,
    UserRepository,
    VariantRepository,
)
from lumi_db.rules import DEFAULT_RULES, ShopRules
from lumi_db.translation import in_shop_words

if TYPE_CHECKING:
    from lumi_db.client import Prisma

Result = TypeVar("Result")

# Longer than the client's own: a rush of customers waits for a connection rather than being sent away.
MAX_WAIT = timedelta(seconds=10)
TIMEOUT = timedelta(seconds=15)


class Shop:
    """The repositories of one client; `tx` and `run` give a Shop whose repositories are in one transaction."""

    def __init__(self, client: Prisma, rules: ShopRules = DEFAULT_RULES) -> None:
        self.client = client
        self.rules = rules
        self.addresses = AddressRepository(client, rules)
        self.audit_log = AuditLogRepository(client, rules)
        self.carts = CartRepository(client, rules)
        self.categories = CategoryRepository(client, rules)
        self.collections = CollectionRepository(client, rules)
        self.coupons = CouponRepository(client, rules)
        self.inventory = InventoryRepository(client, rules)
        self.media = MediaRepository(client, rules)
        self.orders = OrderRepository(client, rules)
        self.payments = PaymentRepository(client, rules)
        self.permissions = PermissionRepository(client, rules)
        self.products = ProductRepository(client, rules)
        self.reviews = ReviewRepository(client, rules)
        self.roles = RoleRepository(client, rules)
        self.saved_cards = SavedCardRepository(client, rules)
        self.security_events = SecurityEventRepository(client, rules)
        self.sessions = SessionRepository(client, rules)
        self.users = UserRepository(client, rules)
        self.variants = VariantRepository(client, rules)

    @asynccontextmanager
    async def tx(
        self, *, max_wait: timedelta = MAX_WAIT, timeout: timedelta = TIMEOUT, **settings: Any
    ) -> AsyncIterator[Shop]:
        """Give a Shop in a transaction, nested as a savepoint if this one is in one.

        It waits up to `max_wait` for a connection and is rolled back after `timeout`; other `settings` are those of the
        client's `tx`. Committed at the end, rolled back on any exception. Raises OperationErrors, at the end too:
        rules across rows are checked at COMMIT.
        """
        with in_shop_words():
            async with self.client.tx(max_wait=max_wait, timeout=timeout, **settings) as transaction:
                yield Shop(transaction, self.rules)

    async def run(
        self,
        work: Callable[[Shop], Awaitable[Result]],
        *,
        retries: int = 3,
        max_wait: timedelta = MAX_WAIT,
        timeout: timedelta = TIMEOUT,
        **settings: Any,
    ) -> Result:
        """Run `work(shop)` in a transaction, and all of it again after a write conflict or a deadlock.

        Inside a transaction it runs once, as a nested one. Raises OperationErrors.
        """
        with in_shop_words():
            return await run(
                self.client,
                lambda tx: work(Shop(tx, self.rules)),
                retries=retries,
                max_wait=max_wait,
                timeout=timeout,
                **settings,
            )
