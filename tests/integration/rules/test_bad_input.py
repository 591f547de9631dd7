"""Bad input that every shop sees: each has an error of its own that says what to do, and nothing is written."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from lumi_db import (
    ConflictError,
    CouponError,
    OperationError,
    QueryError,
    StaleRecordError,
    StatusError,
    ValidationError,
)
from lumi_db.workflows.accounts import register_user
from lumi_db.workflows.checkout import place_order

from .world import World, read_everything

ADA = {"email": "new@example.com", "password": "correct horse"}


@dataclass(frozen=True, slots=True)
class Bad:
    name: str
    call: Callable[[World], Awaitable[Any]]
    error: type[OperationError]
    fields: tuple[str, ...]
    message: str


async def _page_after(world: World, *, changed: bool = False, **query: Any) -> Any:
    """Ask for the page after a cursor of the products by slug."""
    cursor = (await world.shop.products.cursor_page(size=1, sort="slug")).next_cursor or ""
    if changed:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        cursor = base64.urlsafe_b64encode(text.replace(b"draft", b"graft")).decode()
    return await world.shop.products.cursor_page(after=cursor, size=1, **{"sort": "slug", **query})


async def _check_out_with(world: World, code: str) -> Any:
    wanted = {"cartId": world.cart.id, "idempotencyKey": "ada", "couponCode": code}
    return await place_order(world.shop, wanted)


async def _change_twice(world: World) -> Any:
    read = world.draft.version + 1
    return await world.shop.products.update(world.draft.id, {"title": "Mine"}, version=read)


BAD = (
    Bad(
        "unknown sort field",
        lambda w: w.shop.products.list_(sort="colour"),
        QueryError,
        ("sort",),
        "`colour` is not a field to sort by: use one of",
    ),
    Bad(
        "unknown filter field",
        lambda w: w.shop.products.list_(filters={"colour": "red"}),
        QueryError,
        ("colour",),
        "`colour` is not a field to filter by: use one of",
    ),
    Bad(
        "page size 0",
        lambda w: w.shop.products.page(size=0),
        QueryError,
        ("size",),
        "size must be a whole number from 1 to 10,000.",
    ),
    Bad(
        "page size 10 001",
        lambda w: w.shop.products.cursor_page(size=10_001),
        QueryError,
        ("size",),
        "size must be a whole number from 1 to 10,000.",
    ),
    Bad(
        "cursor from another query",
        lambda w: _page_after(w, filters={"status": "DRAFT"}),
        QueryError,
        ("cursor",),
        "The cursor belongs to another query: begin again without a cursor",
    ),
    Bad(
        "cursor tampered with",
        lambda w: _page_after(w, changed=True),
        QueryError,
        ("cursor",),
        "The cursor is damaged: begin again without a cursor.",
    ),
    Bad(
        "negative quantity",
        lambda w: w.shop.carts.add_item(w.cart.id, w.medium.id, -1),
        ValidationError,
        ("quantity",),
        "quantity must be a whole number from 1 to 10000.",
    ),
    Bad(
        "currency mismatch in a payment",
        lambda w: w.shop.payments.record(
            {"orderId": w.unpaid["id"], "provider": "IYZICO", "currency": "EUR"}
        ),
        ValidationError,
        ("currency",),
        "currency must be the order's, TRY.",
    ),
    Bad(
        "currency mismatch in a refund",
        lambda w: w.shop.payments.refund(w.payment.id, Decimal(1), currency="EUR"),
        ValidationError,
        ("currency",),
        "currency must be the payment's, TRY.",
    ),
    Bad(
        "payment amount not equal to the order's",
        lambda w: w.shop.payments.record(
            {"orderId": w.unpaid["id"], "provider": "IYZICO", "amount": "99.99"}
        ),
        ValidationError,
        ("amount",),
        "amount must be the order's total, 100.00 TRY.",
    ),
    Bad(
        "expired coupon",
        lambda w: _check_out_with(w, "LATE"),
        CouponError,
        ("couponCode",),
        "The coupon has expired.",
    ),
    Bad(
        "exhausted coupon",
        lambda w: _check_out_with(w, "SPENT"),
        CouponError,
        ("couponCode",),
        "The coupon was used as often as it may be.",
    ),
    Bad(
        "status going backwards",
        lambda w: w.shop.orders.set_status(w.order.id, "PENDING"),
        StatusError,
        ("status",),
        "An order that is PAID cannot become PENDING, only CANCELLED or FULFILLED.",
    ),
    Bad(
        "stale version",
        _change_twice,
        StaleRecordError,
        ("version",),
        "The product was changed by somebody else: read it again, then decide.",
    ),
    Bad(
        "password over 72 bytes",
        lambda w: register_user(w.shop, {**ADA, "password": "ş" * 37}),
        ValidationError,
        ("password",),
        "password must be 8 characters or more and 72 bytes or fewer",
    ),
    Bad(
        "e-mail in another case",
        lambda w: register_user(w.shop, {**ADA, "email": w.ada.email.upper()}),
        ConflictError,
        ("email",),
        "A user with this email already exists.",
    ),
)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
async def test_bad_input_is_told_and_nothing_is_written(world: World, bad: Bad) -> None:
    await world.shop.roles.create({"name": "customer"})
    await world.rows.connection.execute(
        'INSERT INTO "Coupon" ("id", "code", "type", "value", "startsAt", "expiresAt", "updatedAt") VALUES '
        "('late', 'LATE', 'PERCENTAGE', 10, now() - interval '2 days', now() - interval '1 day', now())"
    )
    before = await read_everything(world.rows.connection)
    with pytest.raises(bad.error) as caught:
        await bad.call(world)
    assert (type(caught.value), caught.value.fields) == (bad.error, bad.fields)
    assert caught.value.message.startswith(bad.message)
    assert caught.value.problem()["status"] == bad.error.status < 500
    assert await read_everything(world.rows.connection) == before
