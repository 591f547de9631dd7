"""Users: who they are, and what they may do. How they log in is in `logins.py`."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from pydantic import SecretStr

from lumi_db.dto.accounts import UserCreate, UserImport, UserUpdate
from lumi_db.dto.base import parse
from lumi_db.dto.fields import Email
from lumi_db.errors import ConflictError, ValidationError
from lumi_db.passwords import hash_password
from lumi_db.translation import in_shop_words, not_found

from .access import allows, effective_permissions, get_permission, get_role
from .arguments import in_row, read_as, read_flag, read_rows
from .base import Data, Repository
from .logins import check_login, lock_user, note, record_second_factor
from .sessions import SessionRepository

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.types import Role, User

_SHORTEST_SECRET = 10  # bytes; RFC 4226 wants 16 and many apps make 10
_LONGEST_SECRET = 128


class UserRepository(Repository["User"]):
    """People with an account. E-mail addresses are found in any case and stored in lower case.

    What changes an account writes its SecurityEvent in the same transaction.
    """

    entity = "User"
    create_model = UserCreate
    update_model = UserUpdate

    async def find_by_email(self, email: str, *, include: Mapping[str, Any] | None = None) -> User | None:
        """Return the user with an e-mail address, or None."""
        return await self._find_unique({"email": plain_email(email)}, include=include)

    async def get_by_email(self, email: str, *, include: Mapping[str, Any] | None = None) -> User:
        """Return the user with an e-mail address. Raises NotFoundError."""
        return self._there(await self.find_by_email(email, include=include), by="email")

    async def create(self, data: Data, *, include: Mapping[str, Any] | None = None) -> User:
        """Write a new user; raises as the base. `data` has `password`, of which the hash is stored.

        Code that moves accounts gives a hash as `passwordHash` instead (UserImport).
        """
        return await self._insert(await self.with_hash(data), include=include)

    async def create_many(self, data: Sequence[Data], *, skip_duplicates: bool = False) -> int:
        """Write new users, all or none, and return how many; as `create`."""
        values = []
        for place, one in enumerate(read_rows(data)):
            with in_row(place):
                values.append(await self.with_hash(one))
        with in_shop_words(self.entity):
            count: int = await self.rows.create_many(data=values, skip_duplicates=skip_duplicates)
        return count

    async def with_hash(self, data: Data) -> dict[str, Any]:
        """Return the row for a new user's data, the password hashed; nothing is sent. Raises ValidationError."""
        if isinstance(data, UserImport) or (isinstance(data, Mapping) and "passwordHash" in data):
            return parse(UserImport, data).data()
        user = parse(UserCreate, data)
        hashed = await hash_password(user.password, cost=self.rules.password_cost)
        return {**user.data(), "passwordHash": hashed}

    async def verify_password(self, email: str, password: str | SecretStr) -> User:
        """Return who logs in with an e-mail address and a password.

        After `rules.login_attempts` failures in a row nobody gets in for `rules.login_lockout`, with the right password
        neither; also many that try at once have no more attempts. Writes LOGIN_SUCCEEDED, LOGIN_FAILED and
        ACCOUNT_LOCKED, committed before anything is raised. Where a second factor is on, the login has not succeeded
        yet: go on with `record_second_factor`.

        Raises AuthenticationError for a wrong password, an unknown address (both alike, after the same time) and a
        suspended account, AccountLockedError, ValidationError for more than 72 bytes; CallerError inside a transaction:
        a rollback would forget the failure.
        """
        return await check_login(self, plain_email(email), password)

    async def record_second_factor(self, id: str, *, is_right: bool) -> User:  # noqa: A002 - the schema's name
        """Note whether the code that followed the password was right, which the caller has checked.

        A wrong one counts as a failed login and is an AuthenticationError. Raises as `verify_password`, NotFoundError.
        """
        return await record_second_factor(self, id, is_right=read_flag(is_right, "is_right"))

    async def unlock(self, id: str) -> User:  # noqa: A002
        """Lift the lock-out and forget failed logins. Raises NotFoundError."""
        async with self._transaction() as tx:
            user = await lock_user(tx, id)
            if user.lockoutUntil is not None:
                await note(tx, "ACCOUNT_UNLOCKED", id)
            return await _write(tx, id, {"failedLoginCount": 0, "lockoutUntil": None})

    async def change_password(
        self,
        id: str,  # noqa: A002
        password: str | SecretStr,
        *,
        keep_family: str | None = None,
        is_reset: bool = False,
    ) -> User:
        """Set a new password, lift the lock-out, and end all sessions but those of the family that asks.

        `is_reset` says that a reset link was used. Who asks is for the caller to know: `verify_password` checks the
        old password. Raises ValidationError, NotFoundError.
        """
        hashed = await hash_password(password, cost=self.rules.password_cost)
        async with self._transaction() as tx:
            await lock_user(tx, id)
            await SessionRepository(tx, self.rules).revoke_all(id, but_family=keep_family)
            await note(tx, "PASSWORD_RESET_COMPLETED" if is_reset else "PASSWORD_CHANGED", id)
            return await _write(tx, id, {"passwordHash": hashed, "failedLoginCount": 0, "lockoutUntil": None})

    async def verify_email(self, id: str, email: str) -> User:  # noqa: A002
        """Note that the user has proved this e-mail address; done twice, nothing happens.

        Raises NotFoundError, ConflictError if the address is no longer theirs.
        """
        async with self._transaction() as tx:
            user = await lock_user(tx, id)
            if user.email != plain_email(email):
                message = "The e-mail address was changed since: verify the new one."
                raise ConflictError(message, entity=self.entity, fields=("email",))
            if user.emailVerified:
                return user
            await note(tx, "EMAIL_VERIFIED", id)
            return await _write(tx, id, {"emailVerified": True, "emailVerifiedAt": datetime.now(UTC)})

    async def change_email(self, id: str, email: str) -> User:  # noqa: A002
        """Set a new e-mail address, which is to be verified. Raises ValidationError, ConflictError, NotFoundError."""
        address = read_as(Email, email, "email")
        async with self._transaction() as tx:
            user = await lock_user(tx, id)
            if user.email == address:
                return user
            await note(tx, "EMAIL_CHANGED", id)
            changes = {"email": address, "emailVerified": False, "emailVerifiedAt": None}
            return await _write(tx, id, changes)

    async def enable_two_factor(self, id: str, secret: str | SecretStr) -> User:  # noqa: A002
        """Switch two-factor login on with a secret in base 32, of which the user has shown a right code.

        Raises ValidationError, NotFoundError.
        """
        changes = {"twoFactorSecret": _check_secret(secret), "twoFactorEnabled": True}
        return await self._change(id, changes, "TWO_FACTOR_ENABLED")

    async def disable_two_factor(self, id: str) -> User:  # noqa: A002
        """Switch two-factor login off and forget the secret. Raises NotFoundError."""
        return await self._change(
            id, {"twoFactorSecret": None, "twoFactorEnabled": False}, "TWO_FACTOR_DISABLED"
        )

    async def set_status(self, id: str, status: Literal["ACTIVE", "SUSPENDED"]) -> User:  # noqa: A002
        """Suspend a user, which ends all sessions, or make one active again.

        Raises ValidationError for DELETED, which is what `delete` makes of one; NotFoundError.
        """
        if status not in ("ACTIVE", "SUSPENDED"):
            message = "status must be ACTIVE or SUSPENDED: to delete a user call delete."
            raise ValidationError(message, entity=self.entity, fields=("status",))
        async with self._transaction() as tx:
            user = await lock_user(tx, id)
            if user.status == status:
                return user
            if status == "SUSPENDED":
                await SessionRepository(tx, self.rules).revoke_all(id)
            await note(tx, "ACCOUNT_STATUS_CHANGED", id, before=str(user.status), after=status)
            return await _write(tx, id, {"status": status})

    async def permissions(self, id: str) -> frozenset[str]:  # noqa: A002
        """Return the keys of all that a user may do, by roles and by own permissions, in one statement.

        Nothing for a user who is unknown, suspended or deleted.
        """
        return await effective_permissions(self.client, id)

    async def has_permission(self, id: str, key: str) -> bool:  # noqa: A002
        """Tell whether a user may do `domain:action`, by itself or by `domain:*`; one statement."""
        return allows(await self.permissions(id), key)

    async def list_roles(self, id: str) -> list[Role]:  # noqa: A002
        """Return a user's roles by name, in one statement."""
        with in_shop_words("Role"):
            return await self.client.role.find_many(
                where={"users": {"some": {"userId": id}}}, order={"name": "asc"}
            )

    async def assign_role(self, id: str, name: str) -> None:  # noqa: A002
        """Give a user a role; one they have, they keep. Raises NotFoundError for either."""
        async with self._transaction() as tx:
            await lock_user(tx, id)
            role = await get_role(tx, name)
            with in_shop_words("UserRole"):
                await tx.userrole.create_many([{"userId": id, "roleId": role.id}], skip_duplicates=True)

    async def revoke_role(self, id: str, name: str) -> bool:  # noqa: A002
        """Take a role from a user and tell whether they had it."""
        with in_shop_words("UserRole"):
            return bool(
                await self.client.userrole.delete_many({"userId": id, "role": {"is": {"name": name}}})
            )

    async def grant_permission(self, id: str, key: str) -> None:  # noqa: A002
        """Let a user do something beside their roles; one they have, they keep. Raises NotFoundError for either."""
        async with self._transaction() as tx:
            await lock_user(tx, id)
            permission = await get_permission(tx, key)
            with in_shop_words("UserPermission"):
                await tx.userpermission.create_many(
                    [{"userId": id, "permissionId": permission.id}], skip_duplicates=True
                )

    async def revoke_permission(self, id: str, key: str) -> bool:  # noqa: A002
        """Take back what `grant_permission` gave and tell whether they had it; what roles allow stays."""
        with in_shop_words("UserPermission"):
            return bool(
                await self.client.userpermission.delete_many(
                    {"userId": id, "permission": {"is": {"key": key}}}
                )
            )

    async def _change(self, id_: str, changes: Mapping[str, Any], event: str) -> User:
        async with self._transaction() as tx:
            await lock_user(tx, id_)
            await note(tx, event, id_)
            return await _write(tx, id_, changes)


def plain_email(email: str) -> str:
    """Return an e-mail address as it is stored."""
    if not isinstance(email, str):
        raise ValidationError("email must be a text.", entity="User", fields=("email",))
    return email.strip().lower()


async def _write(tx: Prisma, id_: str, changes: Mapping[str, Any]) -> User:
    client: Any = tx
    with in_shop_words("User"):
        user: User | None = await client.user.update(data=dict(changes), where={"id": id_})
    if user is None:
        raise not_found("User")
    return user


def _check_secret(secret: str | SecretStr) -> str:
    text = secret.get_secret_value() if isinstance(secret, SecretStr) else secret
    try:
        read = base64.b32decode(text + "=" * (-len(text) % 8))
    except (TypeError, ValueError, binascii.Error):
        read = b""
    if not _SHORTEST_SECRET <= len(read) <= _LONGEST_SECRET:
        message = (
            f"secret must be {_SHORTEST_SECRET} to {_LONGEST_SECRET} bytes in base 32: "
            "capitals and the digits 2 to 7."
        )
        raise ValidationError(message, entity="User", fields=("twoFactorSecret",))
    return text
