"""Audit log and security events: only ever added to, read by row, by user and by time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lumi_db import CallerError, Database, OperationError, RelatedRecordError, ValidationError, acting_as
from lumi_db.shop import Shop

from .accounts import make_user
from .conftest import Statements


async def test_an_entry_says_who_acted_from_where(shop: Shop) -> None:
    user = await make_user(shop)
    with acting_as(user.id, "ADMIN", ip_address="192.0.2.1", user_agent="Firefox", request_id="r1"):
        made: Any = await shop.audit_log.append("UPDATE", "Product", "p1", before={"a": 1}, after={"a": [2]})
    assert (made.userId, made.actorId, made.actorType) == (user.id, user.id, "ADMIN")
    assert (made.ipAddress, made.userAgent, made.requestId) == ("192.0.2.1", "Firefox", "r1")
    assert (made.before, made.after) == ({"a": 1}, {"a": [2]})


async def test_secrets_are_masked_at_any_depth(shop: Shop) -> None:
    made: Any = await shop.audit_log.append(
        "UPDATE", "User", "u", before={"passwordHash": None}, after={"x": [{"passwordHash": "$2b$"}]}
    )
    assert made.after == {"x": [{"passwordHash": "***"}]}
    assert made.before == {"passwordHash": None}
    event: Any = await shop.security_events.append("LOGIN_FAILED", payload={"password": "p", "tries": 3})
    assert event.payload == {"password": "***", "tries": 3}


async def test_what_rows_hold_and_json_does_not_is_told_as_text(shop: Shop) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    made: Any = await shop.audit_log.append(
        "UPDATE", "Product", "p", before={"price": Decimal("1.50")}, after={"at": [(moment,)]}
    )
    assert (made.before, made.after) == ({"price": "1.50"}, {"at": [["2026-01-01T00:00:00+00:00"]]})


async def test_unknown_kinds_and_users_are_refused(shop: Shop) -> None:
    with pytest.raises(ValidationError):
        await shop.audit_log.append("BURN", "User", "u")
    with pytest.raises(ValidationError):
        await shop.security_events.append("HACKED")
    with pytest.raises(RelatedRecordError):
        await shop.security_events.append("LOGOUT", user_id="nobody")


async def test_the_audit_log_cannot_be_changed(shop: Shop) -> None:
    made = await shop.audit_log.append("UPDATE", "Product", "p")
    with pytest.raises(CallerError, match="written by append"):
        await shop.audit_log.update(made.id, {"entity": "x"})
    with pytest.raises(OperationError):
        await shop.audit_log.delete(made.id)
    assert (await shop.audit_log.get(made.id)).entity == "Product"


async def test_entries_are_read_by_row_by_user_and_by_time(shop: Shop, statements: Statements) -> None:
    user = await make_user(shop)
    with acting_as(user.id, "STAFF"):
        for number in range(3):
            await shop.audit_log.append("UPDATE", "Order", "o1", after={"n": number})
    await shop.audit_log.append("UPDATE", "Order", "o2")
    now = datetime.now(UTC)
    log = shop.audit_log
    with statements() as sent:
        first = await log.page_of_entity("Order", "o1", size=2)
        rest = await log.page_of_entity("Order", "o1", size=2, after=first.next_cursor)
        theirs = await log.page_of_user(user.id)
        recent = await log.page_between(now - timedelta(hours=1), now + timedelta(minutes=1))
    assert len(sent) == 4
    assert [row.after["n"] for row in first.items + rest.items] == [2, 1, 0]  # type: ignore[index]
    assert {row.entityId for row in theirs.items} == {"o1"}
    assert {"o1", "o2"} <= {row.entityId for row in recent.items}
    assert (await log.page_between(now - timedelta(hours=2), now - timedelta(hours=1))).items == []


async def test_events_are_read_by_user_by_type_and_by_time(shop: Shop, statements: Statements) -> None:
    user = await make_user(shop)
    for type_ in ("LOGIN_FAILED", "LOGIN_SUCCEEDED"):
        await shop.security_events.append(type_, user_id=user.id)
    await shop.security_events.append("LOGIN_FAILED")
    now, events = datetime.now(UTC), shop.security_events
    with statements() as sent:
        theirs = await events.page_of_user(user.id)
        failed = await events.page_of_type("LOGIN_FAILED", size=1)
        recent = await events.page_between(now - timedelta(hours=1), now + timedelta(minutes=1))
    assert len(sent) == 3
    assert [row.type for row in theirs.items] == ["LOGIN_SUCCEEDED", "LOGIN_FAILED"]
    assert [row.userId for row in failed.items] == [None]
    assert failed.next_cursor is not None
    assert len(recent.items) == 3


async def test_what_a_purged_user_did_is_still_found(database: Database) -> None:
    shop = database.shop
    user = await make_user(shop)
    with acting_as(user.id, "STAFF"):
        await shop.audit_log.append("UPDATE", "Order", "o1")
    await shop.users.purge(user.id)
    (entry,) = [row for row in (await shop.audit_log.page_of_user(user.id)).items if row.entity == "Order"]
    assert (entry.userId, entry.actorId) == (None, user.id)
