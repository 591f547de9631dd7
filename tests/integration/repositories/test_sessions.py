"""Sessions: a refresh token serves once; used again, it ends its family, and no rotation slips past an end."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lumi_db import AuthenticationError, CallerError, Database, NotFoundError, acting_as
from lumi_db.repositories import IssuedSession
from lumi_db.shop import Shop

from .accounts import events, make_user, quick_shop
from .conftest import Statements


@pytest.fixture
def shop(database: Database) -> Shop:
    return quick_shop(database)


async def live(shop: Shop, *issued: IssuedSession) -> list[bool]:
    return [await shop.sessions.find_by_token(one.token) is not None for one in issued]


async def expire(shop: Shop, issued: IssuedSession) -> None:
    """Let a session have expired; nothing in it may change backwards, so it is written anew."""
    old = issued.session
    values: dict[str, Any] = {
        "id": old.id,
        "userId": old.userId,
        "refreshTokenHash": old.refreshTokenHash,
        "familyId": old.familyId,
        "createdAt": datetime.now(UTC) - timedelta(days=2),
        "expiresAt": datetime.now(UTC) - timedelta(days=1),
    }
    await shop.client.usersession.delete({"id": old.id})
    await shop.client.usersession.create(values)  # type: ignore[arg-type]


async def test_a_session_holds_the_hash_and_shows_the_token_once(shop: Shop) -> None:
    user = await make_user(shop)
    with acting_as(user.id, "CUSTOMER", ip_address="192.0.2.1", user_agent="Firefox"):
        issued = await shop.sessions.issue(user.id, fingerprint="f")
    session = issued.session
    assert session.refreshTokenHash == hashlib.sha256(issued.token.encode()).hexdigest()
    assert (session.ipAddress, session.userAgent, session.fingerprint) == ("192.0.2.1", "Firefox", "f")
    assert session.expiresAt - session.createdAt > timedelta(days=29)
    assert len(issued.token) >= 43
    assert issued.token not in repr(issued)


async def test_a_live_session_is_found_with_its_user_in_one_statement(
    shop: Shop, statements: Statements
) -> None:
    user = await make_user(shop)
    issued = await shop.sessions.issue(user.id)
    with statements() as sent:
        found: Any = await shop.sessions.find_by_token(issued.token)
        assert [row.id for row in await shop.sessions.list_live(user.id)] == [issued.session.id]
    assert len(sent) == 2
    assert found.user.id == user.id
    assert await shop.sessions.find_by_token("nonsense") is None


async def test_a_rotated_token_goes_on_in_the_same_family(shop: Shop) -> None:
    first = await shop.sessions.issue((await make_user(shop)).id, fingerprint="f")
    second = await shop.sessions.rotate(first.token)
    assert second.token != first.token
    assert second.session.familyId == first.session.familyId
    assert second.session.fingerprint == "f"
    assert await live(shop, first, second) == [False, True]


async def test_a_token_used_again_ends_its_family_and_nothing_else(shop: Shop) -> None:
    user = await make_user(shop)
    first, other = await shop.sessions.issue(user.id), await shop.sessions.issue(user.id)
    second = await shop.sessions.rotate(first.token)
    with pytest.raises(AuthenticationError, match="used before"):
        await shop.sessions.rotate(first.token)
    assert await live(shop, second, other) == [False, True]
    event: Any = await shop.client.securityevent.find_first()
    assert (event.type, event.userId) == ("REFRESH_TOKEN_REUSED", user.id)
    assert event.payload == {"familyId": first.session.familyId, "ended": 1}


async def test_of_two_rotations_at_once_one_wins_and_the_other_is_reuse(shop: Shop) -> None:
    issued = await shop.sessions.issue((await make_user(shop)).id)
    tries = [shop.sessions.rotate(issued.token) for _ in range(8)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    winners = [answer for answer in answers if isinstance(answer, IssuedSession)]
    assert len(winners) == 1
    assert all(isinstance(one, IssuedSession | AuthenticationError) for one in answers)
    assert await live(shop, *winners) == [False]


async def test_ending_all_sessions_ends_those_that_are_being_rotated(shop: Shop) -> None:
    user = await make_user(shop)
    for _ in range(10):
        issued = [await shop.sessions.issue(user.id) for _ in range(4)]
        tries = [shop.sessions.rotate(one.token) for one in issued]
        await asyncio.gather(*tries, shop.sessions.revoke_all(user.id), return_exceptions=True)
        assert await shop.sessions.list_live(user.id) == []


async def test_deleting_a_user_ends_sessions_that_are_being_rotated(shop: Shop) -> None:
    for _ in range(5):
        user = await make_user(shop)
        issued = [await shop.sessions.issue(user.id) for _ in range(4)]
        tries = [shop.sessions.rotate(one.token) for one in issued]
        await asyncio.gather(*tries, shop.users.delete(user.id), return_exceptions=True)
        rows = await shop.client.query_raw('SELECT FROM "UserSession" WHERE "revokedAt" IS NULL')
        assert rows == []


async def test_a_token_that_is_unknown_expired_or_ended_is_refused(shop: Shop) -> None:
    user = await make_user(shop)
    expired, ended = await shop.sessions.issue(user.id), await shop.sessions.issue(user.id)
    await expire(shop, expired)
    assert await shop.sessions.log_out(ended.token)
    for token, words in (("nonsense", "unknown"), (expired.token, "expired"), (ended.token, "was ended")):
        with pytest.raises(AuthenticationError, match=words):
            await shop.sessions.rotate(token)
    assert await events(shop) == ["LOGOUT"]


async def test_rotating_inside_a_transaction_is_refused(shop: Shop) -> None:
    issued = await shop.sessions.issue((await make_user(shop)).id)
    async with shop.tx() as inside:
        with pytest.raises(CallerError, match="outside the transaction"):
            await inside.sessions.rotate(issued.token)
    assert await live(shop, issued) == [True]


@pytest.mark.parametrize(("status", "kind"), [("SUSPENDED", AuthenticationError), (None, NotFoundError)])
async def test_only_active_users_get_sessions(shop: Shop, status: str | None, kind: type[Exception]) -> None:
    user_id = "nobody" if status is None else (await make_user(shop, status=status)).id
    with pytest.raises(kind):
        await shop.sessions.issue(user_id)
    assert await shop.sessions.count() == 0


async def test_the_session_of_a_suspended_user_is_not_live(shop: Shop) -> None:
    user = await make_user(shop)
    issued = await shop.sessions.issue(user.id)
    await shop.client.user.update({"status": "SUSPENDED"}, {"id": user.id})  # type: ignore[typeddict-item]
    assert await live(shop, issued) == [False]
    with pytest.raises(AuthenticationError, match="suspended"):
        await shop.sessions.rotate(issued.token)


async def test_a_session_is_ended_with_what_was_rotated_out_of_it(shop: Shop) -> None:
    user = await make_user(shop)
    first = await shop.sessions.issue(user.id)
    second, other = await shop.sessions.rotate(first.token), await shop.sessions.issue(user.id)
    assert await shop.sessions.revoke(first.session.id)
    assert not await shop.sessions.revoke(first.session.id)
    assert await live(shop, second, other) == [False, True]
    assert await events(shop) == ["SESSION_REVOKED"]


async def test_nobody_ends_the_session_of_somebody_else(shop: Shop) -> None:
    issued = await shop.sessions.issue((await make_user(shop)).id)
    with pytest.raises(NotFoundError):
        await shop.sessions.revoke(issued.session.id, user_id=(await make_user(shop)).id)
    assert await live(shop, issued) == [True]
    assert not await shop.sessions.log_out("nonsense")


async def test_all_sessions_end_but_one_family(shop: Shop) -> None:
    user = await make_user(shop)
    issued = [await shop.sessions.issue(user.id) for _ in range(3)]
    assert await shop.sessions.revoke_all(user.id, but_family=issued[0].session.familyId) == 2
    assert await live(shop, *issued) == [True, False, False]
    assert await shop.sessions.revoke_all(user.id) == 1
    assert await shop.sessions.revoke_all(user.id) == 0


async def test_cleaning_up_takes_what_has_expired_and_leaves_what_was_rotated(shop: Shop) -> None:
    user = await make_user(shop)
    old, first = await shop.sessions.issue(user.id), await shop.sessions.issue(user.id)
    await shop.sessions.rotate(first.token)
    await expire(shop, old)
    assert await shop.sessions.clean_up(datetime.now(UTC) - timedelta(days=3)) == 0
    assert await shop.sessions.clean_up() == 1
    assert await shop.sessions.count() == 2
