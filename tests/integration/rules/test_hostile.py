"""Whatever is given, an operation answers or raises an error that says what is wrong; never something else."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lumi_db import (
    CallerError,
    ConflictError,
    LumiError,
    NotFoundError,
    OperationError,
    OperationFailedError,
    QueryError,
    ValidationError,
)
from lumi_db.dto.kinds import LARGEST_WHOLE
from lumi_db.repositories import Repository
from lumi_db.repositories.product_search import Wanted
from lumi_db.shop import Shop
from lumi_db.workflows import accounts, catalogue, checkout, orders, reviews

from .world import World, read_everything

LONGEST_MESSAGE = 600
LOOP: list[Any] = []
LOOP.append(LOOP)
HOSTILE = (None, -1, float("nan"), "a\0\ud800", "x" * 100_000, LOOP, {"a": LOOP}, Decimal("sNaN"), object())
NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 - what is to be refused
# These commit by themselves and refuse to be called inside a transaction.
ALONE = ("verify_password", "record_second_factor", "rotate")

Call = Callable[..., Awaitable[Any]]


class _Undone(Exception):
    pass


def operations(shop: Shop) -> Iterator[tuple[str, Call]]:
    """Give every method of every repository and every workflow of a shop."""
    for name, rows in vars(shop).items():
        if isinstance(rows, Repository):
            for method, call in inspect.getmembers(rows, inspect.iscoroutinefunction):
                if not method.startswith("_"):
                    yield f"{name}.{method}", call
    for module in (accounts, catalogue, checkout, orders, reviews):
        for name, call in inspect.getmembers(module, inspect.iscoroutinefunction):
            if call.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", call


def valid_arguments(world: World) -> dict[str, Any]:
    """Return an argument for every parameter that has no default, by its name."""
    ids = {"user_id": world.ada.id, "product_id": world.dress.id, "variant_id": world.medium.id}
    ids |= {"cart_id": world.cart.id, "order_id": world.order.id, "payment_id": world.payment.id, "id": "x"}
    lists: dict[str, Any] = {"ids": [], "product_ids": [], "media_ids": [], "category_ids": [], "lines": []}
    names = {"slug": "draft", "sku": "x", "name": "role", "key": "a:b", "code": "SPENT", "reference": "x"}
    texts = {"session_id": "s", "text": "x", "email": "a@b.co", "password": "long enough", "token": "t"}
    texts |= {"asset_id": "x", "idempotency_key": "k", "provider": "IYZICO", "transaction_id": "t1"}
    kinds = {"action": "UPDATE", "entity": "Product", "entity_id": "x", "type_": "LOGOUT", "path": "/women"}
    kinds |= {"status": "ACTIVE", "verdict": "APPROVED", "currency": "TRY", "secret": "JBSWY3DPEHPK3PXP"}
    data = {"data": {}, "create": {}, "update": {}, "where": {"id": "x"}, "parent_id": None}
    numbers = {"quantity": 1, "by": 1, "rating": 5, "subtotal": Decimal(100), "idle": timedelta(days=1)}
    flags = {"is_helpful": True, "is_right": True}
    times = {"start": datetime(2020, 1, 1, tzinfo=UTC), "end": datetime(2030, 1, 1, tzinfo=UTC)}
    return {**ids, **lists, **names, **texts, **kinds, **data, **numbers, **flags, **times}


async def attempt(shop: Shop, name: str, arguments: dict[str, Any]) -> None:
    """Do an operation and take it back. Raises what the operation raises."""
    with suppress(_Undone):
        async with shop.tx() as inside:
            target = shop if name.endswith(ALONE) else inside
            call = dict(operations(target))[name]
            given = {"shop": inside, **arguments} if name.startswith("lumi_db") else arguments
            await call(**given)
            raise _Undone


async def test_no_argument_makes_an_operation_raise_anything_else(world: World) -> None:
    valid, wrong, calls = valid_arguments(world), [], 0
    for name, call in operations(world.shop):
        parameters = [
            one
            for one in inspect.signature(call).parameters.values()
            if one.kind is not one.VAR_KEYWORD and one.name != "shop"
        ]
        needed = {one.name: valid[one.name] for one in parameters if one.default is one.empty}
        for place, one in enumerate(parameters):
            # Each argument gets some of the values, and all values come to every kind of argument.
            for value in HOSTILE[calls % 3 :: 3]:
                calls += 1
                try:
                    await attempt(world.shop, name, {**needed, one.name: value})
                except OperationFailedError as error:
                    wrong.append((name, one.name, place, repr(error)))
                except (OperationError, CallerError) as error:
                    if len(str(error)) > LONGEST_MESSAGE:
                        wrong.append((name, one.name, place, str(error)[:80]))
                except Exception as error:  # noqa: BLE001 - what the test looks for
                    wrong.append((name, one.name, place, f"{type(error).__name__}: {error}"[:200]))
    assert wrong == []
    assert calls > 1_000


@pytest.mark.parametrize(
    ("call", "kind", "fields", "words"),
    [
        (lambda w: w.shop.products.list_(filters=[1]), QueryError, ("filters",), "must be a mapping"),
        (lambda w: w.shop.products.list_(filters={"x" * 9_999: 1}), QueryError, None, "x…` is not a field"),
        (lambda w: w.shop.products.list_(filters={5: 1}), QueryError, ("int",), "is not a field"),
        (
            lambda w: w.shop.products.list_(filters={"price": {"gt": "abc"}}),
            QueryError,
            ("price.gt",),
            "`price.gt`: this is not a decimal number",
        ),
        (
            lambda w: w.shop.products.cursor_page(filters={"price": {"gt": "abc"}}),
            QueryError,
            ("price.gt",),
            "`price.gt`: this is not a decimal number",
        ),
        (lambda w: w.shop.products.count(filters={"price": {"gt": 1.5}}), QueryError, ("price",), "float"),
        (lambda w: w.shop.products.list_(filters={"price": {"in": [1.5]}}), QueryError, ("price",), "float"),
        (
            lambda w: w.shop.products.list_(filters={"createdAt": {"gt": NAIVE}}),
            QueryError,
            ("createdAt",),
            "with its offset",
        ),
        (
            lambda w: w.shop.products.list_(filters={"createdAt": "2026-01-01"}),
            QueryError,
            ("createdAt",),
            "with its offset",
        ),
        (
            lambda w: w.shop.products.list_(filters={"status": "NOPE"}),
            QueryError,
            ("status",),
            "it has DRAFT",
        ),
        (lambda w: w.shop.audit_log.page_between(NAIVE, NAIVE), ValidationError, ("start",), "time zone"),
        (lambda w: w.shop.products.list_(sort=[1, 2]), QueryError, ("sort",), "must be a text"),
        (lambda w: w.shop.products.list_(include={"nope": True}), QueryError, None, "does not exist"),
        (lambda w: w.shop.products.list_(where="x"), CallerError, None, "where must be a mapping"),
        (lambda w: w.shop.products.list_(projection=int), CallerError, None, "must be a pydantic model"),
        (lambda w: w.shop.products.cursor_page(where={"OR": LOOP}), QueryError, ("filters",), "too deep"),
        (lambda w: w.shop.products.create_many("abc"), ValidationError, ("data",), "must be a list"),
        (
            lambda w: w.shop.collections.create_many(
                [{"name": "A", "slug": "a"}, {"name": "B", "slug": "B!"}]
            ),
            ValidationError,
            ("1.slug",),
            "1.slug must be",
        ),
        (
            lambda w: w.shop.categories.reorder(None, "abc"),
            ValidationError,
            ("ids",),
            "must be a list of ids",
        ),
        (lambda w: w.shop.coupons.find_by_code(5), ValidationError, ("code",), "must be a text"),
        (lambda w: w.shop.inventory.reserve(5), ValidationError, ("lines",), "list of pairs"),
        (lambda w: w.shop.inventory.list_low_stock(limit=0), QueryError, ("limit",), "from 1 to 10,000"),
        (
            lambda w: w.shop.inventory.receive(w.medium.id, LARGEST_WHOLE),
            ValidationError,
            ("quantity",),
            "cannot be more than",
        ),
        (lambda w: w.shop.carts.get_or_create(session_id="x" * 256), ValidationError, ("session_id",), "255"),
        (lambda w: w.shop.carts.list_abandoned(idle=5), ValidationError, ("idle",), "must be a timedelta"),
        (
            lambda w: w.shop.carts.add_item(w.cart.id, w.medium.id, version="1"),
            ValidationError,
            ("version",),
            "whole number",
        ),
        (
            lambda w: w.shop.orders.set_status(w.order.id, "paid"),
            ValidationError,
            ("status",),
            "one of PENDING",
        ),
        (
            lambda w: w.shop.reviews.vote(w.review.id, is_helpful="no"),
            ValidationError,
            ("is_helpful",),
            "true",
        ),
        (
            lambda w: w.shop.users.record_second_factor(w.ada.id, is_right="false"),
            ValidationError,
            ("is_right",),
            "true or false",
        ),
        (
            lambda w: w.shop.users.enable_two_factor(w.ada.id, "A" * 8_000),
            ValidationError,
            ("twoFactorSecret",),
            "10 to 128 bytes",
        ),
        (lambda w: w.shop.users.change_email(w.ada.id, "a\0@x.co"), ValidationError, ("email",), "control"),
        (
            lambda w: w.shop.sessions.issue(w.ada.id, fingerprint="x" * 256),
            ValidationError,
            ("fingerprint",),
            "255",
        ),
        (lambda w: w.shop.sessions.find_by_token(None), ValidationError, ("token",), "must be a text"),
        (
            lambda w: w.shop.audit_log.append("UPDATE", [], "x"),
            ValidationError,
            ("entity",),
            "must be a text",
        ),
        (
            lambda w: w.shop.audit_log.append("UPDATE", "x", "x", after={"a": {1}}),
            ValidationError,
            ("after",),
            "only what JSON has",
        ),
        (
            lambda w: w.shop.products.search("x", wanted=Wanted(lowest_price=Decimal("NaN"))),
            ValidationError,
            ("lowest_price",),
            "must be a Decimal",
        ),
        (lambda w: w.shop.products.search("\ud800"), QueryError, ("text",), "characters to search for"),
        (
            lambda w: w.shop.reviews.submit(
                user_id=w.ada.id, product_id=w.draft.id, rating=5, order_id=w.order.id
            ),
            ValidationError,
            ("orderId",),
            "of this user",
        ),
        (
            lambda w: w.shop.payments.record({"orderId": w.order.id, "provider": "STRIPE"}),
            ConflictError,
            ("orderId",),
            "paid already",
        ),
    ],
)
async def test_what_a_hostile_newcomer_gives_is_told_by_its_name(
    world: World, call: Any, kind: type[LumiError], fields: tuple[str, ...] | None, words: str
) -> None:
    before = await read_everything(world.rows.connection)
    with pytest.raises(kind, match=words) as caught:
        await call(world)
    assert type(caught.value) is kind
    assert fields is None or getattr(caught.value, "fields", None) == fields
    assert await read_everything(world.rows.connection) == before


async def test_who_deletes_and_changes_at_once_is_told_so(world: World) -> None:
    shop, id_ = world.shop, world.draft.id
    sent = [
        *(shop.products.delete(id_) for _ in range(4)),
        *(shop.products.update(id_, {"title": "x"}) for _ in range(4)),
        *(shop.products.set_media(id_, [world.media.id]) for _ in range(4)),
        *(shop.media.delete(world.media.id) for _ in range(4)),
        *(shop.products.purge(id_) for _ in range(2)),
        *(shop.products.restore(id_) for _ in range(2)),
    ]
    answers = await asyncio.gather(*sent, return_exceptions=True)
    assert all(isinstance(one, OperationError) for one in answers if isinstance(one, BaseException))
    with pytest.raises(NotFoundError):
        await shop.products.get(id_)


async def test_a_cart_or_product_that_goes_during_checkout_leaves_nothing_half(world: World) -> None:
    shop = world.shop
    answers = await asyncio.gather(
        checkout.place_order(shop, {"cartId": world.cart.id, "idempotencyKey": "ada"}),
        shop.products.purge(world.dress.id),
        shop.carts.purge(world.cart.id),
        return_exceptions=True,
    )
    assert all(isinstance(one, OperationError) for one in answers if isinstance(one, BaseException))
    sold = await shop.client.order.find_many(
        where={"idempotencyKey": "ada"}, include={"items": True, "payments": True}
    )
    assert all(order.items and order.payments for order in sold)
