"""Users: found in any case, let in by password as often as the rules say, never with a secret shown."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumi_db import (
    AccountLockedError,
    AuthenticationError,
    CallerError,
    ConflictError,
    Database,
    NotFoundError,
    OperationError,
    ValidationError,
    acting_as,
)
from lumi_db.shop import Shop

from .accounts import PASSWORD, events, make_user, quick_shop

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def shop(database: Database) -> Shop:
    return quick_shop(database)


async def fail(shop: Shop, email: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(AuthenticationError):
            await shop.users.verify_password(email, "wrong")


async def end_lockout(shop: Shop, id_: str) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    await shop.client.user.update({"lockoutUntil": past}, {"id": id_})


async def test_an_address_is_found_in_any_case(shop: Shop) -> None:
    user = await make_user(shop, email="ada@example.com")
    found = await shop.users.find_by_email(" ADA@Example.com ")
    assert found is not None
    assert found.id == user.id
    assert await shop.users.find_by_email("nobody@example.com") is None
    with pytest.raises(NotFoundError, match="no user with this email"):
        await shop.users.get_by_email("nobody@example.com")


async def test_the_right_password_lets_in_and_is_noted_with_address_and_browser(shop: Shop) -> None:
    user = await make_user(shop)
    with acting_as(None, "GUEST", ip_address="192.0.2.1", user_agent="Firefox"):
        assert (await shop.users.verify_password(user.email.upper(), PASSWORD)).id == user.id
    event: Any = await shop.client.securityevent.find_first()
    assert (event.type, event.userId) == ("LOGIN_SUCCEEDED", user.id)
    assert (event.ipAddress, event.userAgent) == ("192.0.2.1", "Firefox")


async def test_a_wrong_password_and_an_unknown_address_are_told_alike(shop: Shop) -> None:
    user, said = await make_user(shop), set()
    for email in (user.email, "nobody@example.com"):
        with pytest.raises(AuthenticationError) as caught:
            await shop.users.verify_password(email, "wrong")
        said.add(str(caught.value.problem()))
    assert len(said) == 1
    assert await events(shop) == ["LOGIN_FAILED", "LOGIN_FAILED"]


async def test_an_unknown_address_costs_the_same_work(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    import bcrypt

    from lumi_db.passwords import dummy_hash

    done: list[bytes] = []
    truly = bcrypt.checkpw

    def watched(password: bytes, hashed: bytes) -> bool:
        done.append(hashed[:7])
        return truly(password, hashed)

    monkeypatch.setattr(bcrypt, "checkpw", watched)
    await fail(shop, (await make_user(shop)).email, 1)
    await fail(shop, "nobody@example.com", 1)
    assert done == [b"$2b$04$"] * 2
    assert not truly(b"", dummy_hash(4).encode())  # and bcrypt takes it for a hash


async def test_after_five_failures_the_right_password_does_not_help(shop: Shop) -> None:
    user = await make_user(shop)
    await fail(shop, user.email, 5)
    with pytest.raises(AccountLockedError) as caught:
        await shop.users.verify_password(user.email, PASSWORD)
    assert caught.value.status == 423
    assert await events(shop) == ["LOGIN_FAILED"] * 5 + ["ACCOUNT_LOCKED"]


async def test_a_success_forgets_the_failures_before(shop: Shop) -> None:
    user = await make_user(shop)
    for _ in range(2):
        await fail(shop, user.email, 4)
        assert (await shop.users.verify_password(user.email, PASSWORD)).failedLoginCount == 0


async def test_when_the_lock_out_ends_there_are_all_attempts_again(shop: Shop) -> None:
    user = await make_user(shop)
    await fail(shop, user.email, 5)
    await end_lockout(shop, user.id)
    await fail(shop, user.email, 4)
    assert (await shop.users.verify_password(user.email, PASSWORD)).lockoutUntil is None


async def test_many_guesses_at_once_are_no_more_guesses(shop: Shop) -> None:
    user = await make_user(shop)
    guesses = [shop.users.verify_password(user.email, "wrong") for _ in range(20)]
    answers = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(type(answer) is AuthenticationError for answer in answers) == 4
    assert sum(isinstance(answer, AccountLockedError) for answer in answers) == 16
    assert (await events(shop)).count("LOGIN_FAILED") == 5
    assert (await shop.users.get(user.id)).failedLoginCount == 5


async def test_unlocking_lets_in_at_once(shop: Shop) -> None:
    user = await make_user(shop)
    await fail(shop, user.email, 5)
    await shop.users.unlock(user.id)
    await shop.users.verify_password(user.email, PASSWORD)
    assert (await events(shop))[-2:] == ["ACCOUNT_UNLOCKED", "LOGIN_SUCCEEDED"]


async def test_a_suspended_user_is_told_so_only_with_the_right_password(shop: Shop) -> None:
    user = await make_user(shop, status="SUSPENDED")
    with pytest.raises(AuthenticationError, match="suspended"):
        await shop.users.verify_password(user.email, PASSWORD)
    with pytest.raises(AuthenticationError, match="is wrong"):
        await shop.users.verify_password(user.email, "wrong")


async def test_a_deleted_user_is_unknown(shop: Shop) -> None:
    user = await make_user(shop)
    await shop.users.delete(user.id)
    with pytest.raises(AuthenticationError, match="is wrong"):
        await shop.users.verify_password(user.email, PASSWORD)


@pytest.mark.parametrize("password", ["x" * 73, "ş" * 37, 1])
async def test_more_than_72_bytes_are_refused_and_nothing_is_written(shop: Shop, password: Any) -> None:
    user = await make_user(shop)
    for work in (
        shop.users.verify_password(user.email, password),
        shop.users.change_password(user.id, password),
    ):
        with pytest.raises(ValidationError) as caught:
            await work
        assert caught.value.fields == ("password",)
    assert await events(shop) == []
    assert (await shop.users.get(user.id)).passwordHash == user.passwordHash


async def test_72_bytes_are_read_to_the_last(shop: Shop) -> None:
    user = await make_user(shop)
    await shop.users.change_password(user.id, "x" * 71 + "y")
    await fail(shop, user.email, 1)
    with pytest.raises(AuthenticationError):
        await shop.users.verify_password(user.email, "x" * 71 + "z")
    assert await shop.users.verify_password(user.email, "x" * 71 + "y")


async def test_logging_in_inside_a_transaction_is_refused(shop: Shop) -> None:
    user = await make_user(shop)
    async with shop.tx() as inside:
        with pytest.raises(CallerError, match="outside the transaction"):
            await inside.users.verify_password(user.email, PASSWORD)
        with pytest.raises(CallerError):
            await inside.users.record_second_factor(user.id, is_right=True)


async def test_with_two_factors_the_login_succeeds_with_the_second(shop: Shop) -> None:
    user = await make_user(shop)
    await shop.users.enable_two_factor(user.id, SECRET)
    assert (await shop.users.verify_password(user.email, PASSWORD)).twoFactorEnabled
    assert "LOGIN_SUCCEEDED" not in await events(shop)
    await shop.users.record_second_factor(user.id, is_right=True)
    assert (await events(shop))[-1] == "LOGIN_SUCCEEDED"


async def test_wrong_second_factors_lock_out_too(shop: Shop) -> None:
    user = await make_user(shop)
    await shop.users.enable_two_factor(user.id, SECRET)
    for _ in range(5):
        await shop.users.verify_password(user.email, PASSWORD)
        with pytest.raises(AuthenticationError):
            await shop.users.record_second_factor(user.id, is_right=False)
    for work in (
        shop.users.verify_password(user.email, PASSWORD),
        shop.users.record_second_factor(user.id, is_right=True),
    ):
        with pytest.raises(AccountLockedError):
            await work


async def test_the_second_factor_of_a_suspended_user_is_not_enough(shop: Shop) -> None:
    user = await make_user(shop, status="SUSPENDED")
    with pytest.raises(AuthenticationError, match="suspended"):
        await shop.users.record_second_factor(user.id, is_right=True)


async def test_the_secret_is_checked_and_never_shown(shop: Shop) -> None:
    user = await make_user(shop)
    for bad in ("", "abc", "0189", "JBSWY3DP", None):
        with pytest.raises(ValidationError) as caught:
            await shop.users.enable_two_factor(user.id, bad)  # type: ignore[arg-type]
        assert caught.value.fields == ("twoFactorSecret",)
    enabled = await shop.users.enable_two_factor(user.id, SECRET)
    assert enabled.twoFactorSecret == SECRET
    assert SECRET not in f"{enabled!r} {enabled}"
    disabled = await shop.users.disable_two_factor(user.id)
    assert (disabled.twoFactorSecret, disabled.twoFactorEnabled) == (None, False)
    assert await events(shop) == ["TWO_FACTOR_ENABLED", "TWO_FACTOR_DISABLED"]


async def test_a_new_password_ends_all_sessions_but_the_one_that_asks(shop: Shop) -> None:
    user = await make_user(shop)
    here, there = await shop.sessions.issue(user.id), await shop.sessions.issue(user.id)
    await shop.users.change_password(user.id, "new", keep_family=here.session.familyId)
    assert await shop.sessions.find_by_token(here.token)
    assert await shop.sessions.find_by_token(there.token) is None
    assert await shop.users.verify_password(user.email, "new")
    with pytest.raises(AuthenticationError):
        await shop.users.verify_password(user.email, PASSWORD)


async def test_an_empty_password_is_none(shop: Shop) -> None:
    user = await make_user(shop)
    with pytest.raises(ValidationError, match="must not be empty"):
        await shop.users.change_password(user.id, "")


async def test_an_address_is_verified_once_and_only_while_it_is_theirs(shop: Shop) -> None:
    user = await make_user(shop, email="old@example.com")
    changed = await shop.users.change_email(user.id, "New@Example.com")
    assert (changed.email, changed.emailVerified) == ("new@example.com", False)
    with pytest.raises(ConflictError, match="changed since"):
        await shop.users.verify_email(user.id, "old@example.com")
    for _ in range(2):
        assert (await shop.users.verify_email(user.id, "NEW@example.com")).emailVerifiedAt is not None
    assert await events(shop) == ["EMAIL_CHANGED", "EMAIL_VERIFIED"]


@pytest.mark.parametrize(
    ("email", "kind"),
    [("Taken@Example.com", ConflictError), ("nonsense", ValidationError), (1, ValidationError)],
)
async def test_an_address_that_is_taken_or_none_is_refused(
    shop: Shop, email: Any, kind: type[OperationError]
) -> None:
    await make_user(shop, email="taken@example.com")
    user = await make_user(shop)
    with pytest.raises(kind) as caught:
        await shop.users.change_email(user.id, email)
    assert caught.value.fields == ("email",)
    assert await events(shop) == []


async def test_suspending_ends_the_sessions_and_activating_does_not_revive_them(shop: Shop) -> None:
    user = await make_user(shop)
    issued = await shop.sessions.issue(user.id)
    assert (await shop.users.set_status(user.id, "SUSPENDED")).status == "SUSPENDED"
    assert (await shop.users.set_status(user.id, "ACTIVE")).status == "ACTIVE"
    assert await shop.sessions.find_by_token(issued.token) is None
    await shop.users.set_status(user.id, "ACTIVE")
    assert await events(shop) == ["SESSION_REVOKED", "ACCOUNT_STATUS_CHANGED", "ACCOUNT_STATUS_CHANGED"]


async def test_deleted_is_not_a_status_to_set(shop: Shop) -> None:
    user = await make_user(shop)
    with pytest.raises(ValidationError, match="ACTIVE or SUSPENDED"):
        await shop.users.set_status(user.id, "DELETED")  # type: ignore[arg-type]


async def test_what_is_done_to_nobody_is_not_found(shop: Shop) -> None:
    users = shop.users
    for work in (
        users.unlock("x"),
        users.change_password("x", "new"),
        users.verify_email("x", "a@example.com"),
        users.change_email("x", "a@example.com"),
        users.disable_two_factor("x"),
        users.set_status("x", "ACTIVE"),
        users.record_second_factor("x", is_right=True),
    ):
        with pytest.raises(NotFoundError):
            await work


async def test_a_new_user_is_made_of_a_password_or_of_its_hash(shop: Shop) -> None:
    made = await shop.users.create({"email": "Ada@Example.com", "password": PASSWORD})
    copied = await shop.users.create({"email": "bea@example.com", "passwordHash": made.passwordHash})
    assert await shop.users.create_many([{"email": "cem@example.com", "password": PASSWORD}]) == 1
    for email in (made.email, copied.email, "cem@example.com"):
        assert await shop.users.verify_password(email, PASSWORD)
    with pytest.raises(ConflictError, match="this email already exists"):
        await shop.users.create({"email": "ADA@example.com", "password": PASSWORD})
    with pytest.raises(ValidationError, match="password is missing"):
        await shop.users.create({"email": "dan@example.com"})
    with pytest.raises(ValidationError, match="bcrypt"):
        await shop.users.create({"email": "dan@example.com", "passwordHash": "plain"})
