"""Orders. Their status goes one step forward at a time; what moves stock or money with it are the workflows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lumi_db.dto.orders import OrderUpdate
from lumi_db.engine import locking
from lumi_db.errors import StatusError
from lumi_db.translation import in_shop_words

from .arguments import read_one_of
from .base import Repository
from .pages import CursorPage

if TYPE_CHECKING:
    from lumi_db.types import Order

DETAIL: dict[str, Any] = {"items": True, "payments": {"include": {"refunds": True}}, "couponUsages": True}

NEXT: Mapping[str, frozenset[str]] = {
    "PENDING": frozenset({"PAID", "CANCELLED"}),
    "PAID": frozenset({"FULFILLED", "CANCELLED"}),
    "FULFILLED": frozenset({"SHIPPED", "CANCELLED"}),
    "SHIPPED": frozenset({"DELIVERED"}),
    "DELIVERED": frozenset(),
    "CANCELLED": frozenset(),
}
"""Where an order can go from where it is (rulings, data model 13); a trigger holds the same."""

_MOMENTS = {
    "FULFILLED": "fulfilledAt",
    "SHIPPED": "shippedAt",
    "DELIVERED": "deliveredAt",
    "CANCELLED": "cancelledAt",
}


class OrderRepository(Repository["Order"]):
    """Purchases."""

    entity = "Order"
    update_model = OrderUpdate
    written_by = "place_order of lumi_db.workflows.checkout"

    async def find_by_reference(self, reference: str) -> Order | None:
        """Return the order with its items, payments and refunds, in one statement; or None."""
        return await self._find_unique({"reference": reference}, include=DETAIL)

    async def find_by_key(self, idempotency_key: str) -> Order | None:
        """Return the order that checkout made with this key, with its items, payments and refunds; or None."""
        return await self._find_unique({"idempotencyKey": idempotency_key}, include=DETAIL)

    async def get_by_reference(self, reference: str) -> Order:
        """As `find_by_reference`. Raises NotFoundError."""
        return self._there(await self.find_by_reference(reference), by="reference")

    async def history(
        self, user_id: str, *, after: str | None = None, before: str | None = None, size: int = 20
    ) -> CursorPage[Order]:
        """Return a user's orders with their items, the newest first, in one statement."""
        return await self.cursor_page(
            after=after, before=before, size=size, where={"userId": user_id}, include={"items": True}
        )

    async def list_by_status(self, status: str, *, limit: int = 100) -> list[Order]:
        """Return the orders in a status, the oldest first: what is waiting longest."""
        return await self.list_(filters={"status": status}, sort="createdAt", limit=limit)

    async def lock(self, id: str) -> Order:  # noqa: A002
        """Return the order, locked until the caller's transaction ends. Raises NotFoundError.

        Read what belongs to it afterwards: relations in the same statement would be from before the lock was had.
        """
        with in_shop_words(self.entity):
            return self._there(await locking(self.client, "update").order.find_unique({"id": id}))

    async def set_status(self, id: str, status: str, *, version: int | None = None) -> Order:  # noqa: A002
        """Move an order one step, with the instant of the step, and nothing else: see lumi_db.workflows.

        Raises StatusError if it cannot go there, NotFoundError, StaleRecordError. Three statements in a transaction.
        """
        read_one_of(status, "status", NEXT)
        async with self._transaction() as tx:
            orders = OrderRepository(tx)
            check_status((await orders.lock(id)).status, status)
            moment = _MOMENTS.get(status)
            data: dict[str, Any] = {"status": status, **({moment: datetime.now(UTC)} if moment else {})}
            return await orders._set(id, data, version=version)


def check_status(current: str, wanted: str) -> None:
    """Raise StatusError unless an order can go from one status to the other."""
    current, wanted = str(current), str(wanted)
    if wanted not in NEXT.get(current, frozenset()):
        possible = " or ".join(sorted(NEXT.get(current, frozenset())))
        so = f"only {possible}" if possible else "nor anything else"
        raise StatusError(
            f"An order that is {current} cannot become {wanted}, {so}.",
            entity="Order",
            fields=("status",),
        )
