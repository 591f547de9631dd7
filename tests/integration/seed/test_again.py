"""A second run changes nothing; what is missing is completed, what is there is left alone."""

from __future__ import annotations

from lumi_db import Database
from seed.runner import run_seed

from .conftest import read_all


async def test_second_run_creates_nothing_and_changes_no_row(database: Database) -> None:
    first = await run_seed(database)
    before = await read_all(database)
    second = await run_seed(database)
    assert (first.existing, second.created, second.existing) == (0, 0, first.created)
    assert await read_all(database) == before


async def test_second_run_makes_up_no_password(database: Database) -> None:
    assert (await run_seed(database)).admin_password is not None
    assert (await run_seed(database)).admin_password is None


async def test_every_model_but_the_audit_log_has_rows(demo: Database) -> None:
    empty = [table for table, rows in (await read_all(demo)).items() if not rows]
    assert empty == ["AuditLog"]


async def test_a_row_that_was_purged_comes_back_the_same(database: Database) -> None:
    await run_seed(database)
    before = await read_all(database)
    await database.client.execute_raw('DELETE FROM "ReviewMedia"')
    await database.client.execute_raw('DELETE FROM "CouponUsage"')
    again = await run_seed(database)
    assert again.created == len(before["ReviewMedia"]) + len(before["CouponUsage"])
    assert await read_all(database) == before


async def test_a_row_that_was_changed_stays_changed(database: Database) -> None:
    await run_seed(database)
    await database.client.execute_raw(
        """UPDATE "Product" SET "title" = 'Ours' WHERE "slug" = 'oxford-gomlek'"""
    )
    before = await read_all(database)
    assert (await run_seed(database)).created == 0
    assert await read_all(database) == before


async def test_a_soft_deleted_row_stays_deleted(database: Database) -> None:
    await run_seed(database)
    await database.client.execute_raw(
        'UPDATE "Collection" SET "deletedAt" = now() WHERE "id" = (SELECT min("id") FROM "Collection")'
    )
    before = await read_all(database)
    assert (await run_seed(database)).created == 0
    assert await read_all(database) == before


async def test_rows_refer_to_roles_that_are_there_under_other_ids(database: Database) -> None:
    role = await database.client.role.create({"name": "admin"})
    permission = await database.client.permission.create({"key": "audit:read"})
    await run_seed(database)
    admin = await database.client.user.find_unique_or_raise(
        where={"email": "admin@lumi.com"}, include={"roles": True}
    )
    assert [given.roleId for given in admin.roles or []] == [role.id]
    assert await database.client.rolepermission.find_unique(
        where={"roleId_permissionId": {"roleId": role.id, "permissionId": permission.id}}
    )


async def test_an_admin_who_is_there_keeps_id_and_password(database: Database) -> None:
    hashed = "$2b$12$" + "a" * 53
    admin = await database.client.user.create({"email": "admin@lumi.com", "passwordHash": hashed})
    assert (await run_seed(database)).admin_password is None
    after = await database.client.user.find_unique_or_raise(
        where={"email": admin.email}, include={"roles": True}
    )
    assert (after.id, after.passwordHash, len(after.roles or [])) == (admin.id, hashed, 1)


async def test_the_next_order_gets_the_number_after_the_seeded_ones(database: Database) -> None:
    await run_seed(database)
    await run_seed(database)
    orders = await database.client.order.count()
    rows = await database.client.query_raw("SELECT next_order_reference() AS reference")
    assert int(rows[0]["reference"].rpartition("-")[2]) == orders + 1


async def test_prod_makes_roles_permissions_and_the_administrator_only(database: Database) -> None:
    from pydantic import SecretStr

    await run_seed(database, "prod", admin_password=SecretStr("correct horse battery"))
    filled = [table for table, rows in (await read_all(database)).items() if rows]
    assert filled == ["Permission", "Role", "RolePermission", "User", "UserRole"]


async def test_demo_completes_what_prod_began(database: Database) -> None:
    from pydantic import SecretStr

    prod = await run_seed(database, "prod", admin_password=SecretStr("correct horse battery"))
    demo = await run_seed(database, "demo")
    assert demo.existing == prod.created
