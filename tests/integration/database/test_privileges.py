"""The migrations need no superuser, and the rules hold for a role that may only write rows."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from .shop_rows import Row, Shop
from .test_migrations import MIGRATIONS

_GRANTS = """
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
    REVOKE UPDATE, DELETE ON "AuditLog" FROM {app};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {app};
"""


@asynccontextmanager
async def _roles(connection: asyncpg.Connection[Row], *names: str) -> AsyncIterator[list[str]]:
    """Make roles of these names, made unique since roles belong to the whole server, and drop them in the end."""
    roles = [f"lumi_test_{name}_{secrets.token_hex(4)}" for name in names]
    for role in roles:
        await connection.execute(f"CREATE ROLE {role}")
    try:
        yield roles
    finally:
        await connection.execute("RESET SESSION AUTHORIZATION")
        for role in roles:
            await connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


async def _become(connection: asyncpg.Connection[Row], role: str) -> None:
    await connection.execute(f"RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION {role}")


@asynccontextmanager
async def _shop_of_an_owner(url: str) -> AsyncIterator[tuple[Shop, str, str]]:
    """Migrate as an owner who is no superuser, and go on as a role that may only read and write rows."""
    connection: asyncpg.Connection[Row] = await asyncpg.connect(url)
    async with _roles(connection, "owner", "app") as (owner, app):
        database = await connection.fetchval("SELECT current_database()")
        await connection.execute(f"ALTER DATABASE {database} OWNER TO {owner}")
        await _become(connection, owner)
        for migration in MIGRATIONS:
            await connection.execute((migration / "migration.sql").read_text(encoding="utf-8"))
        await connection.execute(_GRANTS.format(app=app))
        await _become(connection, app)
        try:
            yield Shop(connection), owner, app
        finally:
            await connection.execute(
                f"RESET SESSION AUTHORIZATION; ALTER DATABASE {database} OWNER TO CURRENT_USER"
            )
    await connection.close()


async def test_the_application_sells_and_cannot_touch_the_audit_log(empty_database_url: str) -> None:
    async with _shop_of_an_owner(empty_database_url) as (shop, _, _app):
        await shop.insert("Inventory", quantityAvailable=1, quantityOnHand=1)
        await shop.insert("PaymentRefund")
        await shop.insert("Category", parentId=(await shop.insert("Category"))["id"])
        user = await shop.insert("User")
        row = await shop.insert("AuditLog", userId=user["id"])
        for statement in (
            'UPDATE "AuditLog" SET "entity" = \'x\'',
            'DELETE FROM "AuditLog"',
            "SELECT erase_user('x')",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await shop.connection.execute(statement)
        await shop.delete("User", user["id"])
        assert (await shop.get("AuditLog", row["id"]))["userId"] is None


async def test_the_owner_erases(empty_database_url: str) -> None:
    async with _shop_of_an_owner(empty_database_url) as (shop, owner, _app):
        user = await shop.insert("User")
        row = await shop.insert("AuditLog", actorId=user["id"], ipAddress="192.0.2.1")
        await shop.set("User", user["id"], '"deletedAt" = now()')
        await _become(shop.connection, owner)
        await shop.connection.execute("SELECT erase_user($1)", user["id"])
        assert (await shop.get("AuditLog", row["id"]))["ipAddress"] is None
        with pytest.raises(asyncpg.CheckViolationError):
            await shop.set("AuditLog", row["id"], "\"ipAddress\" = '192.0.2.1'")
