"""How a login is counted: `UserRepository.verify_password`. Each attempt is decided while the user's row is locked.

The slow work of bcrypt comes before the lock, so many attempts can be under way; but only as many get an answer as
there are attempts left, in the order in which they are counted.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from lumi_db.engine import locking
from lumi_db.errors import AccountLockedError, AuthenticationError, CallerError
from lumi_db.passwords import check_password, dummy_hash, verify_password
from lumi_db.rules import ShopRules
from lumi_db.translation import in_shop_words, not_found

from .records import SecurityEventRepository

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.types import User

    from .users import UserRepository


async def check_login(users: UserRepository, email: str, password: str | SecretStr) -> User:
    """Do the work of `UserRepository.verify_password`."""
    _refuse_transaction(users, "verify_password")
    check_password(password)
    user = await users.find_by_email(email)
    if user is not None and _is_locked(user):
        raise _locked()
    is_right = await verify_password(
        password, dummy_hash(users.rules.password_cost) if user is None else user.passwordHash
    )
    if user is None:
        await note(users.client, "LOGIN_FAILED")
        raise _wrong()
    async with users._transaction() as tx:
        outcome = await _decide(tx, user, users.rules, is_right=is_right)
    return _raised(outcome)


async def record_second_factor(users: UserRepository, id_: str, *, is_right: bool) -> User:
    """Do the work of `UserRepository.record_second_factor`."""
    _refuse_transaction(users, "record_second_factor")
    async with users._transaction() as tx:
        user = await lock_user(tx, id_)
        outcome: User | AuthenticationError
        if _is_locked(user):
            outcome = _locked()
        elif not is_right:
            outcome = await _fail(tx, user, users.rules, "TWO_FACTOR_FAILED")
        elif user.status != "ACTIVE":
            outcome = await _refuse_suspended(tx, user)
        else:
            outcome = await _succeed(tx, user)
    return _raised(outcome)


async def lock_user(tx: Prisma, id_: str) -> User:
    """Lock a user against others who change the account, and return it. Raises NotFoundError."""
    with in_shop_words("User"):
        user = await locking(tx, "no key update").user.find_unique({"id": id_})
    if user is None:
        raise not_found("User")
    return user


async def note(client: Prisma, type_: str, user_id: str | None = None, **payload: Any) -> None:
    """Write a security event."""
    await SecurityEventRepository(client).append(type_, user_id=user_id, payload=payload or None)


async def _decide(tx: Prisma, seen: User, rules: ShopRules, *, is_right: bool) -> User | AuthenticationError:
    """Return who it is or what is wrong, so that what was written about it is committed."""
    user = await lock_user(tx, seen.id)
    if _is_locked(user):
        return _locked()
    # The password may have been changed while this one was compared.
    if not is_right or user.passwordHash != seen.passwordHash:
        return await _fail(tx, user, rules, "LOGIN_FAILED")
    if user.status != "ACTIVE":
        return await _refuse_suspended(tx, user)
    # Until the second factor is right too, failures of either go on counting.
    return user if user.twoFactorEnabled else await _succeed(tx, user)


async def _succeed(tx: Prisma, user: User) -> User:
    await note(tx, "LOGIN_SUCCEEDED", user.id)
    if not user.failedLoginCount and user.lockoutUntil is None:
        return user
    return await _count(tx, user, failures=0, locked_until=None)


async def _fail(tx: Prisma, user: User, rules: ShopRules, event: str) -> AuthenticationError:
    # A lock-out that has ended gives all attempts back.
    failures = 1 if user.lockoutUntil is not None else user.failedLoginCount + 1
    is_last = failures >= rules.login_attempts
    until = datetime.now(UTC) + rules.login_lockout if is_last else None
    await _count(tx, user, failures=failures, locked_until=until)
    await note(tx, event, user.id)
    if until is None:
        return _wrong()
    await note(tx, "ACCOUNT_LOCKED", user.id, until=until.isoformat())
    return _locked()


async def _count(tx: Prisma, user: User, *, failures: int, locked_until: datetime | None) -> User:
    with in_shop_words("User"):
        changed = await tx.user.update(
            data={"failedLoginCount": failures, "lockoutUntil": locked_until}, where={"id": user.id}
        )
    if changed is None:
        raise not_found("User")
    return changed


async def _refuse_suspended(tx: Prisma, user: User) -> AuthenticationError:
    await note(tx, "LOGIN_FAILED", user.id, reason="suspended")
    return AuthenticationError("The account is suspended: ask the shop.", entity="User")


def _is_locked(user: User) -> bool:
    return user.lockoutUntil is not None and user.lockoutUntil > datetime.now(UTC)


def _raised(outcome: User | AuthenticationError) -> User:
    if isinstance(outcome, AuthenticationError):
        raise outcome
    return outcome


def _refuse_transaction(users: UserRepository, method: str) -> None:
    if users.client.is_transaction():
        raise CallerError(f"{method}() commits by itself: call it outside the transaction.")


def _wrong() -> AuthenticationError:
    return AuthenticationError("The e-mail address or the password is wrong: try again.", entity="User")


def _locked() -> AccountLockedError:
    return AccountLockedError(
        "Too many logins have failed: wait, or ask the shop to unlock it.", entity="User"
    )
