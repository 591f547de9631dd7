"""Accounts from the first day to the last."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import bcrypt
import pytest

from lumi_db import (
    ConflictError,
    Database,
    NotFoundError,
    OperationError,
    OperationFailedError,
    ValidationError,
    with_deleted,
)
from lumi_db.rules import ShopRules
from lumi_db.shop import Shop
from lumi_db.workflows.accounts import delete_user, erase_user, register_user, restore_user

from .stage import Stage

ADA = {"email": "Ada@Example.com", "password": "correct horse", "firstName": "Ada"}


@pytest.fixture
async def shop(database: Database) -> Shop:
    """Give a shop with the role `customer`, whose passwords are quick to hash."""
    await database.client.role.create({"name": "customer"})
    return Shop(database.client, ShopRules(password_cost=4))


async def test_who_registers_is_a_customer_with_a_hashed_password(shop: Shop) -> None:
    user = await register_user(shop, ADA)
    assert (user.email, user.firstName, user.status) == ("ada@example.com", "Ada", "ACTIVE")
    assert bcrypt.checkpw(b"correct horse", user.passwordHash.encode())
    assert [role.name for role in await shop.users.list_roles(user.id)] == ["customer"]
    assert (await shop.users.verify_password("ada@example.com", "correct horse")).id == user.id


async def test_by_the_shops_own_rules_the_hash_costs_12(database: Database) -> None:
    await database.client.role.create({"name": "customer"})
    assert (await register_user(database.shop, ADA)).passwordHash.startswith("$2b$12$")


async def test_an_address_registers_once_also_at_the_same_time(shop: Shop) -> None:
    tries = [register_user(shop, {**ADA, "email": email}) for email in ("ada@example.com", "ADA@EXAMPLE.COM")]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    (refused,) = [one for one in answers if isinstance(one, Exception)]
    assert isinstance(refused, ConflictError)
    assert refused.message == "A user with this email already exists."
    assert await shop.users.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"password": "x" * 73}, "password"),
        ({"password": ""}, "password"),
        ({"password": None}, "password"),
        ({"email": "nonsense"}, "email"),
        ({"passwordHash": "x"}, "passwordHash"),
        ({"emailVerified": True}, "emailVerified"),
    ],
)
async def test_what_cannot_register_writes_nothing(shop: Shop, given: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        await register_user(shop, {**ADA, **given})
    assert field in caught.value.fields
    assert "x" * 73 not in str(caught.value.problem())
    assert await shop.users.count() == 0


async def test_without_the_role_nobody_registers(shop: Shop) -> None:
    await shop.client.role.delete_many()
    with pytest.raises(NotFoundError, match="no role with this name"):
        await register_user(shop, ADA)
    assert await shop.users.count() == 0


async def test_registering_inside_a_transaction_is_undone_with_it(shop: Shop) -> None:
    with suppress(NotFoundError):
        async with shop.tx() as inside:
            await register_user(inside, ADA)
            await inside.users.get("nobody")
    assert await shop.users.count() == 0


async def test_a_deleted_user_is_signed_out_and_their_address_is_free(shop: Shop) -> None:
    user = await register_user(shop, ADA)
    issued = await shop.sessions.issue(user.id)
    deleted = await delete_user(shop, user.id)
    assert (deleted.status, deleted.deletedAt is None) == ("DELETED", False)
    assert await shop.sessions.find_by_token(issued.token) is None
    assert (await register_user(shop, ADA)).id != user.id
    assert await shop.security_events.count(where={"type": "ACCOUNT_DELETED"}) == 1
    with pytest.raises(NotFoundError):
        await delete_user(shop, user.id)


async def test_a_restored_user_logs_in_again_and_has_no_session(shop: Shop) -> None:
    user = await register_user(shop, ADA)
    issued = await shop.sessions.issue(user.id)
    await delete_user(shop, user.id)
    for _ in range(2):
        restored = await restore_user(shop, user.id)
    assert (restored.email, restored.status) == ("ada@example.com", "ACTIVE")
    assert await shop.users.verify_password("ada@example.com", "correct horse")
    assert await shop.sessions.find_by_token(issued.token) is None


async def test_nobody_is_restored_into_an_address_that_is_taken(shop: Shop) -> None:
    user = await register_user(shop, ADA)
    await delete_user(shop, user.id)
    await register_user(shop, ADA)
    with pytest.raises(ConflictError, match="this email already exists"):
        await restore_user(shop, user.id)
    with pytest.raises(NotFoundError):
        await restore_user(shop, "nobody")


async def test_an_erased_user_is_nobody_and_stays_so(shop: Shop, stage: Stage) -> None:
    user = await register_user(shop, ADA)
    address = await stage.address(user)
    await delete_user(shop, user.id)
    await erase_user(shop, user.id)
    with with_deleted():
        found = await shop.users.get(user.id)
        emptied = await shop.addresses.get(address.id)
    assert (found.email, found.firstName, found.passwordHash) == (f"#{user.id}", None, "")
    assert (emptied.fullName, emptied.line1) == ("", "")
    with pytest.raises(ValidationError):
        await restore_user(shop, user.id)


async def test_who_lives_cannot_be_erased(shop: Shop) -> None:
    user = await register_user(shop, ADA)
    with pytest.raises(ValidationError, match="call delete_user first"):
        await erase_user(shop, user.id)
    with pytest.raises(NotFoundError):
        await erase_user(shop, "nobody")
    assert (await shop.users.get(user.id)).firstName == "Ada"


async def test_another_role_than_the_owners_cannot_erase(shop: Shop) -> None:
    user = await register_user(shop, ADA)
    await delete_user(shop, user.id)

    async def as_clerk(inside: Shop) -> None:
        await inside.client.execute_raw("CREATE ROLE lumi_test_clerk_of_accounts")
        await inside.client.execute_raw('GRANT SELECT ON "User" TO lumi_test_clerk_of_accounts')
        await inside.client.execute_raw("SET LOCAL ROLE lumi_test_clerk_of_accounts")
        await erase_user(inside, user.id)

    with pytest.raises(OperationError) as caught:
        await shop.run(as_clerk)
    assert isinstance(caught.value, OperationFailedError)
    assert "use the owner's" in caught.value.message
