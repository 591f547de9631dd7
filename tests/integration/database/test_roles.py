"""Each role can do its work and nothing else, tried as a login of its own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio
from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.cli.roles import read_roles_script, write_roles
from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.errors import SetupError
from lumi_db.maintenance import read_catalogue
from lumi_db.redaction import SECRET_FIELDS
from lumi_db.scope import acting_as

from .role_logins import ROLES, RoleLogins, drop_roles
from .shop_rows import VALUES, Row, Shop

_NOT_THE_APPLICATIONS = (
    'CREATE TABLE "Own" (id int)',
    'CREATE TEMPORARY TABLE "Own" (id int)',
    "CREATE SCHEMA own",
    "CREATE EXTENSION hstore",
    "CREATE FUNCTION own() RETURNS int LANGUAGE sql RETURN 1",
    'CREATE INDEX ON "Product" ("title")',
    'CREATE OR REPLACE TRIGGER "Role_audit" AFTER INSERT ON "Role" FOR EACH ROW EXECUTE FUNCTION audit_write()',
    'ALTER TABLE "Product" ADD COLUMN own int',
    'ALTER TABLE "Product" DISABLE TRIGGER "Product_audit"',
    'ALTER TABLE "Product" OWNER TO CURRENT_USER',
    "ALTER FUNCTION audit_write() SET search_path = pg_temp",
    'DROP TRIGGER "AuditLog_append_only" ON "AuditLog"',
    'DROP TABLE "AuditLog"',
    'TRUNCATE "CartItem"',
    'TRUNCATE "AuditLog"',
    'UPDATE "AuditLog" SET "entity" = \'x\'',
    'DELETE FROM "AuditLog"',
    'SELECT FROM "AuditLog" FOR UPDATE',
    "SELECT erase_user('x')",
    "SELECT erase_user_data('x')",
    "SELECT setval('\"Order_reference_seq\"', 1)",
    "SET session_replication_role = replica",
    'UPDATE "_prisma_migrations" SET finished_at = now()',
    'INSERT INTO "_prisma_migrations" DEFAULT VALUES',
    'GRANT SELECT ON "User" TO PUBLIC WITH GRANT OPTION',
)
_NOT_THE_READERS = (
    'INSERT INTO "Role" ("id", "name", "updatedAt") VALUES (\'r\', \'r\', now())',
    'UPDATE "Product" SET "price" = 0',
    'DELETE FROM "Cart"',
    'SELECT FROM "Inventory" FOR SHARE',
    'TRUNCATE "Cart"',
    'CREATE TABLE "Own" (id int)',
    "CREATE TEMPORARY TABLE own (id int)",
    "SELECT next_order_reference()",
    "SELECT erase_user('x')",
)
_SECRETS = sorted((table, field) for table, fields in SECRET_FIELDS.items() for field in fields)
_RIGHTS = """
    SELECT relname || coalesce(relacl::text, '') || relowner::regrole FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT attrelid::regclass || attname || attacl::text FROM pg_attribute WHERE attacl IS NOT NULL
    UNION ALL SELECT proname || coalesce(proacl::text, '') || proowner::regrole FROM pg_proc
    UNION ALL SELECT nspname || nspacl::text FROM pg_namespace WHERE nspacl IS NOT NULL
    UNION ALL SELECT defaclrole::regrole || defaclacl::text FROM pg_default_acl
    UNION ALL SELECT datname || datacl::text FROM pg_database WHERE datname = current_database()
"""
_HIDDEN = """
    SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
      AND NOT has_column_privilege($1, attrelid, attnum, 'SELECT')
"""


@pytest_asyncio.fixture
async def roles(direct_url: str) -> AsyncIterator[RoleLogins]:
    made = await RoleLogins.make(direct_url)
    yield made
    await made.drop()


@pytest_asyncio.fixture
async def app(roles: RoleLogins) -> AsyncIterator[Shop]:
    connection = await roles.connect("app")
    yield Shop(connection)
    await connection.close()


@pytest_asyncio.fixture
async def reader(roles: RoleLogins) -> AsyncIterator[asyncpg.Connection[Row]]:
    connection = await roles.connect("readonly")
    yield connection
    await connection.close()


@pytest_asyncio.fixture
async def owner(roles: RoleLogins) -> AsyncIterator[Shop]:
    connection = await roles.connect("owner")
    yield Shop(connection)
    await connection.close()


async def _may(connection: asyncpg.Connection[Row], sql: str) -> bool:
    try:
        await connection.execute(sql)
    except (asyncpg.InsufficientPrivilegeError, asyncpg.InvalidGrantOperationError):
        return False
    return True


async def test_the_application_writes_rows_of_every_table(app: Shop) -> None:
    for table in VALUES:
        await app.insert(table)
    assert await app.count("Order") > 0


async def test_the_application_sells(app: Shop) -> None:
    stock = await app.insert("Inventory", quantityAvailable=5, quantityOnHand=5)
    order = await app.insert("Order")
    await app.insert("OrderItem", orderId=order["id"], productVariantId=stock["productVariantId"])
    await app.set("Inventory", stock["id"], '"quantityAvailable" = 4, "quantityReserved" = 1')
    await app.set("Order", order["id"], "\"status\" = 'PAID'")
    assert (await app.get("ProductVariant", stock["productVariantId"]))["stock"] == 4
    assert order["reference"].startswith("LM-")


async def test_what_the_application_does_is_audited(app: Shop) -> None:
    await app.connection.execute(
        "SELECT set_config('lumi.scope', $1, false)", json.dumps({"actorId": "a", "actorType": "ADMIN"})
    )
    product = await app.insert("Product")
    rows = await app.connection.fetch('SELECT "action", "actorId", "entityId" FROM "AuditLog"')
    assert [tuple(row) for row in rows] == [("CREATE", "a", product["id"])]


async def test_the_application_deletes_softly_and_for_real(app: Shop) -> None:
    product, _ = await app.active_product()
    await app.set("Product", product["id"], '"deletedAt" = now()')
    await app.delete("Product", product["id"])
    user = await app.insert("User")
    row = await app.insert("AuditLog", userId=user["id"])
    await app.delete("User", user["id"])
    assert (await app.get("AuditLog", row["id"]))["userId"] is None


async def test_the_application_makes_and_changes_nothing_but_rows(app: Shop) -> None:
    assert [sql for sql in _NOT_THE_APPLICATIONS if await _may(app.connection, sql)] == []


@pytest.mark.parametrize("name", ["app", "readonly"])
async def test_nobody_becomes_the_owner(roles: RoleLogins, name: str) -> None:
    connection = await roles.connect(name)
    for statement in ("SET ROLE", "SET SESSION AUTHORIZATION"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(f"{statement} {roles.role('owner')}")
    await connection.close()


async def test_the_application_cannot_switch_the_audit_off(app: Shop) -> None:
    await app.connection.execute("SET lumi.audit = 'off'")
    variant = await app.insert("ProductVariant")
    await app.delete("Product", variant["productId"])
    rows = await app.connection.fetch('SELECT "entity", "action" FROM "AuditLog"')
    told = sorted(tuple(row) for row in rows)
    assert told == sorted(
        (table, action) for table in ("Product", "ProductVariant") for action in ("CREATE", "DELETE")
    )


async def test_the_application_cannot_change_the_log_as_if_it_erased(app: Shop) -> None:
    row = await app.insert("AuditLog", after='{"price": 1}')
    await app.connection.execute("SET lumi.erasing = 'on'")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.set("AuditLog", row["id"], '"after" = NULL')
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.connection.execute(
            'INSERT INTO "AuditLog" SELECT * FROM "AuditLog" ON CONFLICT ("id") DO UPDATE SET "after" = NULL'
        )


async def test_the_reader_reads_all_but_secrets(roles: RoleLogins, reader: asyncpg.Connection[Row]) -> None:
    rows = await roles.admin.fetch(_HIDDEN, roles.login("readonly"))
    assert sorted(tuple(row) for row in rows) == _SECRETS
    for table in VALUES:
        await reader.fetch(f'SELECT count(*), max("createdAt") FROM "{table}"')
    await reader.fetch('SELECT * FROM "Product" WHERE "searchVector" @@ search_query(\'elbise\')')


async def test_the_reader_does_not_see_a_secret(reader: asyncpg.Connection[Row]) -> None:
    reads = [
        f'SELECT {wanted} FROM "{table}"'
        for table, field in _SECRETS
        for wanted in (f'"{field}"', "*", f'"{table}"')
    ]
    assert [sql for sql in reads if await _may(reader, sql)] == []


async def test_the_reader_changes_nothing(reader: asyncpg.Connection[Row]) -> None:
    assert [sql for sql in _NOT_THE_READERS if await _may(reader, sql)] == []


async def test_the_owner_erases_and_seeds_without_audit(owner: Shop) -> None:
    await owner.connection.execute("SET lumi.audit = 'off'")
    user = await owner.insert("User", firstName="Ada")
    await owner.set("User", user["id"], '"deletedAt" = now()')
    assert await owner.count("AuditLog") == 0
    await owner.connection.execute("RESET lumi.audit")
    await owner.connection.execute("SELECT erase_user($1)", user["id"])
    assert (await owner.get("User", user["id"]))["firstName"] is None
    assert await owner.connection.fetchval('SELECT "action" FROM "AuditLog"') == "ERASE"


async def test_a_table_of_a_later_migration_is_the_applications_at_once_and_the_readers_after_the_script(
    roles: RoleLogins, owner: Shop, app: Shop, reader: asyncpg.Connection[Row]
) -> None:
    await owner.connection.execute('CREATE TABLE "GiftCard" (number serial)')
    await app.connection.execute('INSERT INTO "GiftCard" DEFAULT VALUES')
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await reader.fetch('SELECT * FROM "GiftCard"')
    await roles.run_script()
    assert len(await reader.fetch('SELECT * FROM "GiftCard"')) == 1


async def test_the_script_gives_the_same_rights_when_it_runs_again(roles: RoleLogins) -> None:
    await roles.admin.execute(f'GRANT ALL ON "AuditLog" TO {roles.role("app")}, PUBLIC')
    await roles.run_script()
    rights, made = (
        sorted(row[0] for row in await roles.admin.fetch(_RIGHTS)),
        await read_catalogue(DirectConnection(roles.admin)),
    )
    await roles.run_script()
    assert sorted(row[0] for row in await roles.admin.fetch(_RIGHTS)) == rights
    assert await read_catalogue(DirectConnection(roles.admin)) == made
    assert not await roles.admin.fetchval(
        "SELECT has_table_privilege($1, '\"AuditLog\"', 'UPDATE')", roles.login("app")
    )


async def test_a_dba_who_is_no_superuser_can_run_the_script(roles: RoleLogins) -> None:
    dba, prefix = f"{roles.prefix}_dba", f"{roles.prefix}_more"
    database = await roles.admin.fetchval("SELECT current_database()")
    await roles.admin.execute(
        f"CREATE ROLE {dba} CREATEROLE; REASSIGN OWNED BY {roles.role('owner')} TO {dba};"
        f"ALTER DATABASE {database} OWNER TO {dba}; SET SESSION AUTHORIZATION {dba}"
    )
    try:
        await roles.admin.execute(read_roles_script(prefix=prefix))
        await roles.admin.execute(read_roles_script(prefix=prefix))
        owners = await roles.admin.fetch(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        )
        assert [row[0] for row in owners] == [f"{prefix}_owner"]
    finally:
        await roles.admin.execute(
            f"RESET SESSION AUTHORIZATION; ALTER DATABASE {database} OWNER TO CURRENT_USER"
        )
        await drop_roles(roles.admin, *(f"{prefix}_{role}" for role in ROLES), dba)


async def test_an_application_role_that_may_act_as_the_owner_is_refused(
    roles: RoleLogins, database: Database
) -> None:
    await roles.admin.execute(f"GRANT {roles.role('owner')} TO {roles.role('app')}")
    with pytest.raises(
        SetupError, match=f"{roles.role('app')} may act as {roles.role('owner')}: take that right"
    ):
        await write_roles(database, prefix=roles.prefix)


@pytest.mark.parametrize("prefix", ["", "Lumi", "a-b", "1a", "a" * 41, 'a"; DROP TABLE "User'])
def test_a_prefix_that_is_no_plain_name_is_refused(prefix: str) -> None:
    with pytest.raises(SetupError, match="--prefix must be"):
        read_roles_script(prefix=prefix)


async def test_the_client_works_as_the_application(roles: RoleLogins) -> None:
    async with Database(Settings(database_url=SecretStr(roles.url_of("app")))) as db:
        with acting_as("a", "ADMIN"):
            role = await db.client.role.create({"name": "packer"})
            await db.client.role.update({"description": "Packs"}, {"id": role.id})
        told = await db.client.auditlog.find_many(order={"createdAt": "asc"})
    assert sorted((row.action, row.actorId) for row in told) == [("CREATE", "a"), ("UPDATE", "a")]
