"""Every audited change leaves a row in the audit log, in its own transaction: who, what, before and after."""

from __future__ import annotations

import json
from typing import Any

import asyncpg
import pytest

from lumi_db.redaction import SECRET_FIELDS

from .shop_rows import Row, Shop

AUDITED = {
    "User", "Role", "Permission", "RolePermission", "UserRole", "UserPermission", "Product", "ProductVariant",
    "Category",
    "ProductCategory", "Collection", "ProductCollection", "Media", "ProductMedia", "VariantMedia", "Coupon", "Order",
    "OrderItem", "Payment", "PaymentRefund", "Inventory",
}  # fmt: skip
NOT_AUDITED = (
    "UserSession", "SecurityEvent", "Cart", "CartItem", "Address", "SavedCard", "CouponUsage", "ReviewMedia", "Review",
)  # fmt: skip


async def trail(shop: Shop, entity: str | None = None) -> list[Row]:
    sql = 'SELECT * FROM "AuditLog" WHERE $1::text IS NULL OR "entity" = $1 ORDER BY "createdAt", "id"'
    found: list[Row] = await shop.connection.fetch(sql, entity)
    return found


async def act_as(shop: Shop, **scope: str) -> None:
    await shop.connection.execute("SELECT set_config('lumi.scope', $1, false)", json.dumps(scope))


def read(document: str | None) -> Any:
    return None if document is None else json.loads(document)


@pytest.mark.parametrize("table", sorted(AUDITED))
async def test_a_new_row_is_told(shop: Shop, table: str) -> None:
    await shop.insert(table)
    rows = await trail(shop, table)
    assert [(row["action"], row["actorType"], row["before"]) for row in rows] == [("CREATE", "SYSTEM", None)]


@pytest.mark.parametrize("table", NOT_AUDITED)
async def test_what_is_not_audited_is_not_told(shop: Shop, table: str) -> None:
    await shop.insert(table)
    assert await trail(shop, table) == []


async def test_an_update_tells_the_changed_fields_and_who_changed_them(shop: Shop) -> None:
    product, admin = await shop.insert("Product"), await shop.insert("User")
    await act_as(
        shop, actorId=admin["id"], actorType="ADMIN", ipAddress="192.0.2.1", userAgent="it's", requestId="r1"
    )
    await shop.set(
        "Product", product["id"], '"price" = 49.90, "version" = "version" + 1, "updatedAt" = now()'
    )
    row = (await trail(shop, "Product"))[-1]
    assert (row["action"], row["entityId"], row["actorId"], row["userId"]) == (
        "UPDATE",
        product["id"],
        admin["id"],
        admin["id"],
    )
    assert (row["actorType"], row["ipAddress"], row["userAgent"], row["requestId"]) == (
        "ADMIN",
        "192.0.2.1",
        "it's",
        "r1",
    )
    assert (row["before"], row["after"]) == ('{"price": 100.00}', '{"price": 49.90}')


async def test_a_change_of_nothing_is_not_told(shop: Shop) -> None:
    product = await shop.insert("Product")
    await shop.set("Product", product["id"], '"title" = "title", "version" = 7, "updatedAt" = now()')
    assert len(await trail(shop, "Product")) == 1


async def test_soft_delete_restore_and_delete_have_their_own_names(shop: Shop) -> None:
    product, variant = await shop.active_product()
    await shop.set("Product", product["id"], '"deletedAt" = now()')
    await shop.set("Product", product["id"], '"deletedAt" = NULL')
    await shop.delete("Product", product["id"])
    expected = ["CREATE", "SOFT_DELETE", "RESTORE", "DELETE"]
    assert [row["action"] for row in await trail(shop, "Product")] == expected
    assert [row["action"] for row in await trail(shop, "ProductVariant")] == expected
    assert read((await trail(shop, "ProductVariant"))[-1]["before"])["sku"] == variant["sku"]


async def test_a_composite_id_is_joined(shop: Shop) -> None:
    link = await shop.insert("ProductCategory")
    assert (await trail(shop, "ProductCategory"))[0][
        "entityId"
    ] == f"{link['productId']}:{link['categoryId']}"


async def test_secrets_are_masked_and_are_those_of_the_client(shop: Shop) -> None:
    user = await shop.insert("User", twoFactorSecret="hush")
    await shop.set("User", user["id"], '"passwordHash" = \'$2b$12$' + "b" * 53 + "'")
    created, changed = await trail(shop, "User")
    assert read(created["after"])["twoFactorSecret"] == "***"
    assert (read(changed["before"]), read(changed["after"])) == (
        {"passwordHash": "***"},
        {"passwordHash": "***"},
    )
    rows = await shop.connection.fetch(
        "SELECT tgrelid::regclass::text AS name, tgargs FROM pg_trigger WHERE tgname LIKE '%\\_audit'"
    )
    masked = {
        row["name"].strip('"'): set(row["tgargs"].split(b"\0")[2].decode().split(",")) - {""} for row in rows
    }
    assert masked == {table: SECRET_FIELDS.get(table, frozenset()) for table in (*AUDITED, "Review")}


async def test_what_people_do_to_their_own_account_is_not_told(shop: Shop) -> None:
    user = await shop.insert("User")
    for scope in ({"actorId": user["id"], "actorType": "ADMIN"}, {"actorType": "GUEST"}):
        await act_as(shop, **scope)
        await shop.set("User", user["id"], "\"firstName\" = 'Ada'")
    await act_as(shop, actorType="SYSTEM")
    await shop.set("User", user["id"], '"failedLoginCount" = 3, "lockoutUntil" = now()')
    assert [row["action"] for row in await trail(shop, "User")] == ["CREATE"]


async def test_of_stock_only_what_people_correct_is_told(shop: Shop) -> None:
    stock = await shop.insert("Inventory", quantityAvailable=5, quantityOnHand=5)
    for change in (
        '"quantityAvailable" = 3, "quantityReserved" = 2',
        '"quantityReserved" = 1, "quantityOnHand" = 4',
        '"quantityAvailable" = 9, "quantityOnHand" = 10',
        '"lowStockThreshold" = 1',
    ):
        await shop.set("Inventory", stock["id"], change)
    told = [read(row["after"]) for row in await trail(shop, "Inventory")][1:]
    assert told == [{"quantityAvailable": 9, "quantityOnHand": 10}, {"lowStockThreshold": 1}]


async def test_of_reviews_only_moderation_is_told(shop: Shop) -> None:
    review = await shop.insert("Review")
    await shop.set("Review", review["id"], '"rating" = 1')
    await act_as(shop, actorId=review["userId"], actorType="CUSTOMER")
    await shop.set("Review", review["id"], "\"status\" = 'REJECTED'")
    await act_as(shop, actorId="m", actorType="STAFF")
    await shop.set("Review", review["id"], "\"status\" = 'APPROVED'")
    assert [(row["actorId"], row["userId"]) for row in await trail(shop, "Review")] == [("m", None)]


async def test_a_change_that_is_rolled_back_is_not_told(shop: Shop) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await shop.insert("Product", price="-1")
    assert await trail(shop) == []


async def test_a_scope_that_cannot_be_read_stops_the_change(shop: Shop) -> None:
    await shop.connection.execute("SELECT set_config('lumi.scope', 'nonsense', false)")
    with pytest.raises(asyncpg.InvalidTextRepresentationError):
        await shop.insert("Product")
    assert await shop.count("Product") == 0


async def test_erasing_leaves_one_row_without_the_person(shop: Shop) -> None:
    user = await shop.insert("User", firstName="Ada")
    await shop.set("User", user["id"], '"deletedAt" = now()')
    await shop.connection.execute("SELECT erase_user($1)", user["id"])
    rows = await trail(shop, "User")
    assert [row["action"] for row in rows] == ["CREATE", "SOFT_DELETE", "ERASE"]
    assert "Ada" not in str([dict(row) for row in rows])
    await shop.insert("Role")
    assert len(await trail(shop, "Role")) == 1


@pytest.mark.parametrize("document", ['"somebody"', "[]", "7", "null"])
async def test_a_scope_that_is_no_object_stops_the_change(shop: Shop, document: str) -> None:
    await shop.connection.execute("SELECT set_config('lumi.scope', $1, false)", document)
    with pytest.raises(asyncpg.InvalidParameterValueError, match="is no JSON object"):
        await shop.insert("Product")
    assert await shop.count("Product") == 0


async def test_the_owner_can_switch_it_off(shop: Shop) -> None:
    await shop.connection.execute("SET lumi.audit = 'off'")
    await shop.insert("Role")
    assert await trail(shop) == []


async def test_nobody_else_can_switch_it_off_not_even_for_what_goes_with_a_deleted_row(shop: Shop) -> None:
    variant = await shop.insert("ProductVariant")
    role = f"lumi_test_audit_{(await shop.connection.fetchval('SELECT pg_backend_pid()'))}"
    await shop.connection.execute(
        f"CREATE ROLE {role}; GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA public TO {role}"
    )
    try:
        await shop.connection.execute(f"SET SESSION AUTHORIZATION {role}; SET lumi.audit = 'off'")
        # The foreign key deletes the variant in the name of the tables' owner.
        await shop.delete("Product", variant["productId"])
        assert [row["action"] for row in await trail(shop, "Product")] == ["CREATE", "DELETE"]
        assert [row["action"] for row in await trail(shop, "ProductVariant")] == ["CREATE", "DELETE"]
    finally:
        await shop.connection.execute(f"RESET SESSION AUTHORIZATION; DROP OWNED BY {role}; DROP ROLE {role}")
