"""Roles and permissions: what a user may do is asked in one statement."""

from __future__ import annotations

from typing import Any

import pytest

from lumi_db import Database, NotFoundError, ValidationError
from lumi_db.repositories.access import allows
from lumi_db.shop import Shop

from .accounts import make_user
from .conftest import Statements

KEYS = ("product:publish", "product:read", "order:*", "coupon:read")


@pytest.fixture
async def shop(database: Database) -> Shop:
    """Give a shop with the roles editor and clerk."""
    shop = database.shop
    await shop.permissions.create_many([{"key": key} for key in KEYS])
    await shop.roles.create_many([{"name": "editor"}, {"name": "clerk"}])
    for role, key in (("editor", KEYS[0]), ("editor", KEYS[1]), ("clerk", KEYS[1]), ("clerk", KEYS[2])):
        await shop.roles.allow(role, key)
    return shop


async def test_permissions_are_those_of_all_roles_and_ones_own_in_one_statement(
    shop: Shop, statements: Statements
) -> None:
    user = await make_user(shop)
    for role in ("editor", "clerk"):
        await shop.users.assign_role(user.id, role)
    await shop.users.grant_permission(user.id, "coupon:read")
    with statements() as sent:
        assert await shop.users.permissions(user.id) == frozenset(KEYS)
        assert [role.name for role in await shop.users.list_roles(user.id)] == ["clerk", "editor"]
    assert len(sent) == 2


async def test_a_star_allows_all_actions_of_its_domain(shop: Shop, statements: Statements) -> None:
    user = await make_user(shop)
    await shop.users.assign_role(user.id, "clerk")
    with statements() as sent:
        assert await shop.users.has_permission(user.id, "order:refund")
    assert len(sent) == 1
    assert not await shop.users.has_permission(user.id, "product:publish")
    assert not allows({"product:read"}, "product:*")


@pytest.mark.parametrize("key", ["", "product", "product:", ":read"])
async def test_a_permission_of_no_shape_is_refused(shop: Shop, key: str) -> None:
    with pytest.raises(ValidationError, match="domain:action"):
        await shop.users.has_permission("x", key)
    with pytest.raises(ValidationError, match="key must"):
        await shop.permissions.create({"key": key})


async def test_who_is_suspended_deleted_or_unknown_may_nothing(shop: Shop) -> None:
    suspended, deleted = await make_user(shop), await make_user(shop)
    for user in (suspended, deleted):
        await shop.users.assign_role(user.id, "editor")
    await shop.users.set_status(suspended.id, "SUSPENDED")
    await shop.users.delete(deleted.id)
    for user_id in (suspended.id, deleted.id, "nobody"):
        assert await shop.users.permissions(user_id) == frozenset()


async def test_what_is_given_twice_is_there_once_and_what_is_taken_is_gone(shop: Shop) -> None:
    user = await make_user(shop)
    for _ in range(2):
        await shop.users.assign_role(user.id, "editor")
        await shop.users.grant_permission(user.id, "coupon:read")
        await shop.roles.allow("editor", "coupon:read")
    assert await shop.users.revoke_role(user.id, "editor")
    assert await shop.users.permissions(user.id) == {"coupon:read"}
    assert await shop.users.revoke_permission(user.id, "coupon:read")
    assert await shop.users.permissions(user.id) == frozenset()
    assert not await shop.users.revoke_role(user.id, "editor")
    assert not await shop.users.revoke_permission(user.id, "coupon:read")


async def test_a_role_that_loses_a_permission_loses_it_for_all_who_have_the_role(shop: Shop) -> None:
    user = await make_user(shop)
    await shop.users.assign_role(user.id, "editor")
    assert await shop.roles.disallow("editor", "product:publish")
    assert not await shop.roles.disallow("editor", "product:publish")
    assert await shop.users.permissions(user.id) == {"product:read"}


async def test_roles_and_permissions_are_found_by_name(shop: Shop, statements: Statements) -> None:
    with statements() as sent:
        role: Any = await shop.roles.get_by_name("editor")
    assert len(sent) == 1
    assert {link.permission.key for link in role.permissions} == {"product:publish", "product:read"}
    assert (await shop.permissions.get_by_key("order:*")).key == "order:*"
    assert await shop.roles.find_by_name("nobody") is None
    with pytest.raises(NotFoundError, match="no permission with this key"):
        await shop.permissions.get_by_key("no:thing")


async def test_what_is_not_there_cannot_be_given(shop: Shop) -> None:
    user = await make_user(shop)
    for work, words in (
        (shop.users.assign_role(user.id, "nobody"), "no role with this name"),
        (shop.users.assign_role("nobody", "editor"), "no user"),
        (shop.users.grant_permission(user.id, "no:thing"), "no permission with this key"),
        (shop.roles.allow("nobody", "order:*"), "no role with this name"),
    ):
        with pytest.raises(NotFoundError, match=words):
            await work
    await shop.users.delete(user.id)
    with pytest.raises(NotFoundError):
        await shop.users.assign_role(user.id, "editor")
