"""Sessions: refresh tokens that are used once, and end their whole family when one is used again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lumi_db.dto.base import given
from lumi_db.engine import locking
from lumi_db.errors import AuthenticationError, CallerError, ValidationError
from lumi_db.scope import current_scope
from lumi_db.translation import in_shop_words, not_found

from .arguments import read_text
from .base import Repository
from .records import SecurityEventRepository

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.types import User, UserSession

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class IssuedSession:
    """A session and its refresh token, which is nowhere else and cannot be had again."""

    session: UserSession
    token: str = field(repr=False)


class SessionRepository(Repository["UserSession"]):
    """Signed-in devices. A family is what became of one login: each rotation ends a session and begins the next.

    Whoever begins or ends sessions locks the user first, so that no rotation slips past an end.
    """

    entity = "UserSession"
    written_by = "issue, rotate, revoke and log_out"

    async def issue(self, user_id: str, *, fingerprint: str | None = None) -> IssuedSession:
        """Begin a session in a new family, for `rules.session_ttl`; address and browser are those of `acting_as`.

        Raises NotFoundError for the user, AuthenticationError if the user is not ACTIVE.
        """
        if fingerprint is not None:
            read_text(fingerprint, "fingerprint")
        async with self._transaction() as tx:
            user = await _lock_user(tx, {"id": user_id})
            if user is None:
                raise not_found("User")
            if user.status != "ACTIVE":
                raise _refusal("The account is suspended: ask the shop.")
            return await SessionRepository(tx, self.rules)._begin(user_id, fingerprint=fingerprint)

    async def find_by_token(self, token: str) -> UserSession | None:
        """Return the live session of a refresh token with its user, in one statement; None if it or the user is not."""
        live = {"revokedAt": None, "expiresAt": {"gt": datetime.now(UTC)}}
        user = {"is": {"status": "ACTIVE"}}
        found: list[UserSession] = await self._find_many(
            {"refreshTokenHash": hash_token(token), **live, "user": user}, [], take=1, include={"user": True}
        )
        return found[0] if found else None

    async def list_live(self, user_id: str) -> list[UserSession]:
        """Return a user's live sessions, the newest first, in one statement."""
        return await self.list_(
            where={"userId": user_id, "revokedAt": None, "expiresAt": {"gt": datetime.now(UTC)}}
        )

    async def rotate(self, token: str) -> IssuedSession:
        """End the session of a token and begin the next one of its family.

        Of two that send one token at the same time, one wins. A token that was rotated before has been stolen, or its
        owner's was: all sessions of the family end, REFRESH_TOKEN_REUSED is written, both committed, and
        AuthenticationError is raised, as for a token that is unknown, expired or ended.

        Raises CallerError inside a transaction: a rollback would bring back to life what was stolen.
        """
        if self.client.is_transaction():
            raise CallerError("rotate() commits by itself: call it outside the transaction.")
        async with self._transaction() as tx:
            outcome = await SessionRepository(tx, self.rules)._rotate(hash_token(token))
        if isinstance(outcome, AuthenticationError):
            raise outcome
        return outcome

    async def _rotate(self, token_hash: str) -> IssuedSession | AuthenticationError:
        """Return what went wrong, so that what was written about it is committed."""
        user = await _lock_user(self.client, {"sessions": {"some": {"refreshTokenHash": token_hash}}})
        used = await self._find_unique({"refreshTokenHash": token_hash})
        if user is None or used is None:
            return _refusal("The refresh token is unknown: log in again.")
        if used.revokedAt is not None:
            return await self._refuse_ended(used)
        now = datetime.now(UTC)
        if used.expiresAt <= now or user.status != "ACTIVE":
            reason = "session has expired" if used.expiresAt <= now else "account is suspended"
            return _refusal(f"The {reason}: log in again.")
        await self._end({"id": used.id}, now)
        return await self._begin(user.id, family_id=used.familyId, fingerprint=used.fingerprint)

    async def _refuse_ended(self, used: UserSession) -> AuthenticationError:
        ended = await self._end({"familyId": used.familyId}, datetime.now(UTC))
        later = {"familyId": used.familyId, "createdAt": {"gte": used.createdAt}, "id": {"not": used.id}}
        # What is alive came of this token. Where nothing is, the last of a family was ended, the others were rotated.
        if not ended and not await self.exists(where=later):
            return _refusal("The session was ended: log in again.")
        await self._note("REFRESH_TOKEN_REUSED", used.userId, familyId=used.familyId, ended=ended)
        return _refusal("The refresh token was used before: its sessions were ended, log in again.")

    async def log_out(self, token: str) -> bool:
        """End the login that a refresh token belongs to; tell whether it was live. Writes LOGOUT."""
        return await self._end_family({"refreshTokenHash": hash_token(token)}, "LOGOUT")

    async def revoke(self, id: str, *, user_id: str | None = None) -> bool:  # noqa: A002 - the schema's name
        """End a session and what has been rotated out of it; tell whether there was anything to end.

        With `user_id` a session of somebody else is not there. Writes SESSION_REVOKED. Raises NotFoundError.
        """
        key = {"id": id} if user_id is None else {"id": id, "userId": user_id}
        if not await self.exists(where=key):
            raise not_found(self.entity)
        return await self._end_family(key, "SESSION_REVOKED")

    async def revoke_all(self, user_id: str, *, but_family: str | None = None) -> int:
        """End all sessions of a user, or all but one family, and return how many. Writes SESSION_REVOKED."""
        async with self._transaction() as tx:
            sessions = SessionRepository(tx, self.rules)
            await _lock_user(tx, {"id": user_id})
            others: dict[str, Any] = {} if but_family is None else {"familyId": {"not": but_family}}
            ended = await sessions._end({"userId": user_id, **others}, datetime.now(UTC))
            if ended:
                await sessions._note("SESSION_REVOKED", user_id, ended=ended)
            return ended

    async def clean_up(self, before: datetime | None = None) -> int:
        """Delete the sessions that expired before an instant, or now, and return how many: for a sweep.

        Ended ones stay until they expire: by them it is seen that a token is used again.
        """
        with in_shop_words(self.entity):
            return await self.client.usersession.delete_many(
                {"expiresAt": {"lt": before or datetime.now(UTC)}}
            )

    async def _begin(
        self, user_id: str, *, family_id: str | None = None, fingerprint: str | None = None
    ) -> IssuedSession:
        token, scope = secrets.token_urlsafe(_TOKEN_BYTES), current_scope()
        values = given(
            userId=user_id,
            refreshTokenHash=hash_token(token),
            familyId=family_id,
            fingerprint=fingerprint,
            ipAddress=scope.ip_address,
            userAgent=scope.user_agent,
            expiresAt=datetime.now(UTC) + self.rules.session_ttl,
        )
        return IssuedSession(await self._insert(values), token)

    async def _end_family(self, key: Mapping[str, Any], event: str) -> bool:
        async with self._transaction() as tx:
            sessions = SessionRepository(tx, self.rules)
            user = await _lock_user(tx, {"sessions": {"some": dict(key)}})
            found = await sessions._find_many(dict(key), [], take=1)
            if user is None or not found:
                return False
            ended = await sessions._end({"familyId": found[0].familyId}, datetime.now(UTC))
            if ended:
                await sessions._note(event, user.id, familyId=found[0].familyId)
            return bool(ended)

    async def _end(self, which: Mapping[str, Any], now: datetime) -> int:
        with in_shop_words(self.entity):
            ended: int = await self.rows.update_many(
                data={"revokedAt": now}, where={**which, "revokedAt": None}
            )
        return ended

    async def _note(self, type_: str, user_id: str, **payload: Any) -> None:
        await SecurityEventRepository(self.client).append(type_, user_id=user_id, payload=payload)


def hash_token(token: str) -> str:
    """Return the SHA-256 under which a refresh token is known: it is random, so that needs no salt."""
    if not isinstance(token, str):
        raise ValidationError("token must be a text.", entity="UserSession", fields=("token",))
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


async def _lock_user(tx: Prisma, where: Any) -> User | None:
    with in_shop_words("User"):
        return await locking(tx, "no key update").user.find_first(where=where)


def _refusal(message: str) -> AuthenticationError:
    return AuthenticationError(message, entity="UserSession")
