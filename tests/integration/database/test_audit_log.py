"""The audit log is only added to, and a person can be erased from it."""

from __future__ import annotations

import json

import asyncpg
import pytest

from .shop_rows import Shop


async def _erased(shop: Shop, user: str) -> None:
    await shop.set("User", user, '"deletedAt" = now()')
    await shop.connection.execute("SELECT erase_user($1)", user)


@pytest.mark.parametrize(
    "change", ["\"entity\" = 'Other'", '"userId" = NULL', '"ipAddress" = NULL', '"after" = NULL']
)
async def test_an_audit_row_is_not_changed(shop: Shop, change: str) -> None:
    user = await shop.insert("User")
    row = await shop.insert("AuditLog", userId=user["id"], ipAddress="192.0.2.1", after="{}")
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.set("AuditLog", row["id"], change)
    assert refused.value.constraint_name == "AuditLog_append_only"


async def test_an_audit_row_is_not_deleted(shop: Shop) -> None:
    row = await shop.insert("AuditLog")
    with pytest.raises(asyncpg.CheckViolationError):
        await shop.delete("AuditLog", row["id"])
    assert await shop.count("AuditLog") == 1


async def test_a_purged_user_is_forgotten_but_the_actor_stays(shop: Shop) -> None:
    user = await shop.insert("User")
    row = await shop.insert("AuditLog", userId=user["id"], actorId=user["id"])
    await shop.delete("User", user["id"])
    kept = await shop.get("AuditLog", row["id"])
    assert (kept["userId"], kept["actorId"]) == (None, user["id"])


async def test_who_did_what_cannot_be_changed_even_while_erasing(shop: Shop) -> None:
    row = await shop.insert("AuditLog", actorId="somebody")
    await shop.connection.execute("SET lumi.erasing = 'on'")
    with pytest.raises(asyncpg.CheckViolationError):
        await shop.set("AuditLog", row["id"], "\"actorId\" = 'nobody'")


async def test_only_a_deleted_user_can_be_erased(shop: Shop) -> None:
    user = await shop.insert("User")
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.connection.execute("SELECT erase_user($1)", user["id"])
    assert refused.value.constraint_name == "User_deletedAt_before_erasing"


async def test_erasing_empties_a_persons_rows(shop: Shop) -> None:
    user = await shop.insert(
        "User", firstName="Ada", lastName="Yılmaz", phone="+905550000000", twoFactorSecret="s"
    )
    theirs: dict[str, object] = {"userId": user["id"]}
    session = await shop.insert(
        "UserSession", **theirs, ipAddress="192.0.2.1", userAgent="Firefox", fingerprint="f"
    )
    address = await shop.insert("Address", **theirs, phone="+905550000000", postalCode="35000")
    card = await shop.insert("SavedCard", **theirs, cardHolderName="Ada Yılmaz", cardAlias="Bonus")
    event = await shop.insert("SecurityEvent", **theirs, ipAddress="192.0.2.1", payload='{"email": "a@b.c"}')
    await _erased(shop, user["id"])
    emptied = await shop.get("User", user["id"])
    assert emptied["email"] == f"#{user['id']}"
    assert [
        emptied[name] for name in ("firstName", "lastName", "phone", "twoFactorSecret", "passwordHash")
    ] == [None] * 4 + [""]
    ended = await shop.get("UserSession", session["id"])
    assert ended["revokedAt"] is not None
    assert [ended[name] for name in ("ipAddress", "userAgent", "fingerprint")] == [None] * 3
    place = await shop.get("Address", address["id"])
    assert [place[name] for name in ("fullName", "line1", "city", "phone", "postalCode")] == [
        "",
        "",
        "",
        None,
        None,
    ]
    saved = await shop.get("SavedCard", card["id"])
    assert [saved[name] for name in ("cardHolderName", "cardAlias")] == [None, None]
    kept = await shop.get("SecurityEvent", event["id"])
    assert (kept["type"], kept["ipAddress"], kept["payload"]) == ("LOGIN_FAILED", None, None)


async def test_erasing_keeps_amounts_and_references(shop: Shop) -> None:
    user = await shop.insert("User")
    order = await shop.insert(
        "Order", userId=user["id"], shippingAddressSnapshot='{"fullName": "Ada"}', notes="Ring twice"
    )
    payment = await shop.insert(
        "Payment", orderId=order["id"], userId=user["id"], ipAddress="192.0.2.1", rawPayload="{}"
    )
    await _erased(shop, user["id"])
    kept = await shop.get("Order", order["id"])
    assert (kept["reference"], kept["totalAmount"], kept["userId"]) == (
        order["reference"],
        order["totalAmount"],
        user["id"],
    )
    assert (kept["shippingAddressSnapshot"], kept["notes"]) == ("{}", None)
    paid = await shop.get("Payment", payment["id"])
    assert (paid["amount"], paid["ipAddress"], paid["rawPayload"]) == (payment["amount"], None, None)


async def test_erasing_empties_audit_values_and_keeps_who_did_what(shop: Shop) -> None:
    user, other = await shop.insert("User"), await shop.insert("User")
    values = json.dumps(
        {"email": "ada@example.com", "status": "ACTIVE", "addresses": [{"city": "İzmir", "isDefault": True}]}
    )
    about = await shop.insert(
        "AuditLog", entity="User", entityId=user["id"], actorId="staff", ipAddress="192.0.2.9", after=values
    )
    by = await shop.insert(
        "AuditLog", entityId="p", userId=user["id"], actorId=user["id"], ipAddress="192.0.2.1", after=values
    )
    foreign = await shop.insert("AuditLog", entity="User", entityId=other["id"], after=values)
    await _erased(shop, user["id"])
    row = await shop.get("AuditLog", about["id"])
    redacted = {"email": None, "status": "ACTIVE", "addresses": [{"city": None, "isDefault": True}]}
    assert (json.loads(row["after"]), row["ipAddress"], row["actorId"]) == (redacted, "192.0.2.9", "staff")
    row = await shop.get("AuditLog", by["id"])
    assert (json.loads(row["after"]), row["ipAddress"], row["actorId"]) == (
        json.loads(values),
        None,
        user["id"],
    )
    assert json.loads((await shop.get("AuditLog", foreign["id"]))["after"]) == json.loads(values)


async def test_only_the_owner_may_erase(shop: Shop) -> None:
    granted = await shop.connection.fetchval(
        "SELECT EXISTS (SELECT FROM pg_proc, aclexplode(proacl) WHERE proname = 'erase_user' AND grantee = 0)"
    )
    assert granted is False
