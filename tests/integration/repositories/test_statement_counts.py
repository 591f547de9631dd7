"""How many statements each way to read takes: one, or a reason why not. A new method without an entry fails."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import asyncpg
import pytest_asyncio

from lumi_db.repositories import CursorPage, Page, Repository
from lumi_db.repositories.categories import Branch
from lumi_db.repositories.products import DETAIL, SearchResult
from lumi_db.shop import Shop
from tests.integration.database.shop_rows import Shop as Rows

from .conftest import Statements
from .crowded import TOKEN, Crowd, fill

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Read:
    """A call, its statements with the reason where they are not one, and the fewest rows it must have read."""

    call: Callable[[Any, Any], Awaitable[Any]]
    count: int = 1
    reason: str = ""
    rows: int = 1


READS = {
    "addresses.find_default": Read(lambda s, c: s.addresses.find_default(c.user["id"])),
    "addresses.list_of_user": Read(lambda s, c: s.addresses.list_of_user(c.user["id"]), rows=3),
    "audit_log.page_between": Read(lambda s, c: s.audit_log.page_between(START, END), rows=3),
    "audit_log.page_of_entity": Read(lambda s, c: s.audit_log.page_of_entity("Product", "row"), rows=3),
    "audit_log.page_of_user": Read(lambda s, c: s.audit_log.page_of_user(c.user["id"]), rows=3),
    "carts.get_with_items": Read(lambda s, c: s.carts.get_with_items(c.cart["id"])),
    "carts.list_abandoned": Read(
        lambda s, c: s.carts.list_abandoned(idle=timedelta(0)),
        2,
        "their ids by the order of an index, and the carts",
        rows=3,
    ),
    "categories.find_by_slug": Read(lambda s, c: s.categories.find_by_slug("shoes")),
    "categories.list_ancestors": Read(
        lambda s, c: s.categories.list_ancestors(c.boots["id"]),
        2,
        "its path, which names them, first",
        rows=2,
    ),
    "categories.list_children": Read(lambda s, c: s.categories.list_children(c.women["id"]), rows=2),
    "categories.list_descendants": Read(
        lambda s, c: s.categories.list_descendants(c.women["id"]),
        2,
        "its path, below which they are, first",
        rows=3,
    ),
    "categories.tree": Read(lambda s, c: s.categories.tree()),
    "collections.find_by_slug": Read(lambda s, c: s.collections.find_by_slug("summer")),
    "collections.list_active": Read(lambda s, c: s.collections.list_active(), rows=2),
    "coupons.find_by_code": Read(lambda s, c: s.coupons.find_by_code(c.coupon["code"])),
    "coupons.validate": Read(
        lambda s, c: s.coupons.validate(c.coupon["code"], subtotal=Decimal(100), currency="TRY")
    ),
    "inventory.find_by_variant": Read(lambda s, c: s.inventory.find_by_variant(c.variant["id"])),
    "inventory.list_low_stock": Read(lambda s, c: s.inventory.list_low_stock(), rows=6),
    "media.find_by_asset": Read(lambda s, c: s.media.find_by_asset(c.media["assetId"])),
    "orders.find_by_key": Read(lambda s, c: s.orders.find_by_key(c.order["idempotencyKey"])),
    "orders.find_by_reference": Read(lambda s, c: s.orders.find_by_reference(c.order["reference"])),
    "orders.get_by_reference": Read(lambda s, c: s.orders.get_by_reference(c.order["reference"])),
    "orders.history": Read(lambda s, c: s.orders.history(c.user["id"]), rows=3),
    "orders.list_by_status": Read(lambda s, c: s.orders.list_by_status("PENDING"), rows=3),
    "payments.find_by_transaction": Read(
        lambda s, c: s.payments.find_by_transaction("IYZICO", f"t-{c.order['id']}-0")
    ),
    "payments.list_of_order": Read(lambda s, c: s.payments.list_of_order(c.order["id"]), rows=3),
    "permissions.find_by_key": Read(lambda s, c: s.permissions.find_by_key(c.permission["key"])),
    "permissions.get_by_key": Read(lambda s, c: s.permissions.get_by_key(c.permission["key"])),
    "products.find_by_slug": Read(lambda s, c: s.products.find_by_slug(c.product["slug"], include=DETAIL)),
    "products.get_by_slug": Read(lambda s, c: s.products.get_by_slug(c.product["slug"], include=DETAIL)),
    "products.list_in_category": Read(
        lambda s, c: s.products.list_in_category("/women"),
        2,
        "the categories first, so that the plan is made for them",
        rows=3,
    ),
    "products.list_in_collection": Read(lambda s, c: s.products.list_in_collection("summer"), rows=3),
    "products.search": Read(
        lambda s, c: s.products.search("elbise", with_facets=True),
        3,
        "ids by rank, their rows, the facets",
        rows=3,
    ),
    "reviews.list_approved": Read(lambda s, c: s.reviews.list_approved(c.product["id"]), rows=3),
    "reviews.rating_summary": Read(lambda s, c: s.reviews.rating_summary(c.product["id"])),
    "roles.find_by_name": Read(lambda s, c: s.roles.find_by_name(c.role["name"])),
    "roles.get_by_name": Read(lambda s, c: s.roles.get_by_name(c.role["name"])),
    "saved_cards.find_default": Read(lambda s, c: s.saved_cards.find_default(c.user["id"])),
    "saved_cards.list_of_user": Read(lambda s, c: s.saved_cards.list_of_user(c.user["id"]), rows=3),
    "saved_cards.list_valid": Read(lambda s, c: s.saved_cards.list_valid(c.user["id"]), rows=3),
    "security_events.page_between": Read(lambda s, c: s.security_events.page_between(START, END), rows=3),
    "security_events.page_of_type": Read(lambda s, c: s.security_events.page_of_type("LOGIN_FAILED"), rows=3),
    "security_events.page_of_user": Read(lambda s, c: s.security_events.page_of_user(c.user["id"]), rows=3),
    "sessions.find_by_token": Read(lambda s, c: s.sessions.find_by_token(TOKEN)),
    "sessions.list_live": Read(lambda s, c: s.sessions.list_live(c.user["id"]), rows=3),
    "users.find_by_email": Read(lambda s, c: s.users.find_by_email(c.user["email"])),
    "users.get_by_email": Read(lambda s, c: s.users.get_by_email(c.user["email"])),
    "users.has_permission": Read(lambda s, c: s.users.has_permission(c.user["id"], c.permission["key"])),
    "users.list_roles": Read(lambda s, c: s.users.list_roles(c.user["id"]), rows=3),
    "users.permissions": Read(lambda s, c: s.users.permissions(c.user["id"]), rows=9),
    "variants.find_by_sku": Read(lambda s, c: s.variants.find_by_sku(c.variant["sku"])),
}
OF_EVERY_REPOSITORY = {
    "get": Read(lambda rows, id_: rows.get(id_)),
    "find": Read(lambda rows, id_: rows.find(id_)),
    "list_": Read(lambda rows, id_: rows.list_(), rows=2),
    "page": Read(lambda rows, id_: rows.page(), 2, "how many there are is the second", rows=2),
    "cursor_page": Read(lambda rows, id_: rows.cursor_page(), rows=2),
    "exists": Read(lambda rows, id_: rows.exists()),
    "count": Read(lambda rows, id_: rows.count(), rows=2),
}
WRITES = {
    *("create", "create_many", "update", "upsert", "delete", "restore", "purge", "append", "set_default"),
    *("get_or_create", "add_item", "update_item", "remove_item", "merge", "expire", "move", "reorder"),
    *("set_products", "add_products", "reorder_products", "remove_products"),
    *("set_media", "add_media", "reorder_media", "remove_media"),
    *("set_categories", "add_categories", "remove_categories", "set_primary_variant", "publish", "archive"),
    *("redeem", "revert", "receive", "adjust", "reserve", "release", "commit", "lock", "set_status"),
    *("record", "authorise", "settle", "fail", "refund", "submit", "moderate", "vote", "allow", "disallow"),
    *("issue", "rotate", "log_out", "revoke", "revoke_all", "clean_up", "with_hash", "verify_password"),
    *(
        "record_second_factor",
        "unlock",
        "change_password",
        "verify_email",
        "change_email",
        "enable_two_factor",
    ),
    *("disable_two_factor", "assign_role", "revoke_role", "grant_permission", "revoke_permission"),
}
"""What changes or locks rows."""


@pytest_asyncio.fixture
async def crowd(shop: Shop, direct_url: str) -> AsyncIterator[Crowd]:
    connection = await asyncpg.connect(direct_url)
    yield await fill(Rows(connection))
    await connection.close()


def repositories(shop: Shop) -> dict[str, Any]:
    return {name: rows for name, rows in vars(shop).items() if isinstance(rows, Repository)}


def rows_in(answer: Any) -> int:
    """Return how many rows an answer holds, whatever it wraps them in."""
    page = answer.page if isinstance(answer, SearchResult) else answer
    found = page.items if isinstance(page, Page | CursorPage) else page
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    if isinstance(found, list) and found and isinstance(found[0], Branch):
        return sum(1 + rows_in(branch.children) for branch in found)
    return len(found) if isinstance(found, list | frozenset) else int(bool(found))


def test_every_method_of_every_repository_is_known_here(shop: Shop) -> None:
    methods = {
        f"{name}.{method}"
        for name, rows in repositories(shop).items()
        for method, _ in inspect.getmembers(rows, inspect.ismethod)
        if not method.startswith("_") and method not in WRITES | OF_EVERY_REPOSITORY.keys()
    }
    assert methods == READS.keys()
    assert all(read.reason for read in (*READS.values(), *OF_EVERY_REPOSITORY.values()) if read.count != 1)


async def test_reading_takes_the_statements_that_are_said(
    shop: Shop, crowd: Crowd, statements: Statements
) -> None:
    found = {}
    for name, read in READS.items():
        with statements() as sent:
            answer = await read.call(shop, crowd)
        assert rows_in(answer) >= read.rows, name
        found[name] = len(sent)
    assert found == {name: read.count for name, read in READS.items()}


async def test_what_every_repository_can_takes_the_same_statements_in_each(
    shop: Shop, crowd: Crowd, statements: Statements
) -> None:
    for name, rows in repositories(shop).items():
        first: Any = (await rows.list_(limit=1))[0]
        found = {}
        for method, read in OF_EVERY_REPOSITORY.items():
            with statements() as sent:
                answer = await read.call(rows, first.id)
            assert rows_in(answer) >= read.rows, (name, method)
            found[method] = len(sent)
        assert found == {method: read.count for method, read in OF_EVERY_REPOSITORY.items()}, name
