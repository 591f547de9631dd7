"""`lumi-db db roles` makes the roles, or prints how."""

from __future__ import annotations

from urllib.parse import urlsplit

import asyncpg

from .test_command_line import lumi_db


async def test_the_roles_are_made_under_the_names_asked_for(database_url: str) -> None:
    prefix = urlsplit(database_url).path[1:]
    done = lumi_db("db", "roles", "--prefix", prefix, environment={"DATABASE_URL": database_url})
    connection = await asyncpg.connect(database_url)
    try:
        assert (done.returncode, done.stderr) == (0, "")
        assert f"GRANT {prefix}_app TO" in done.stdout
        owner = await connection.fetchval("SELECT tableowner FROM pg_tables WHERE tablename = 'User'")
        assert owner == f"{prefix}_owner"
    finally:
        for role in ("owner", "app", "readonly"):
            await connection.execute(
                f"REASSIGN OWNED BY {prefix}_{role} TO CURRENT_USER; DROP OWNED BY {prefix}_{role}"
            )
        await connection.execute(f"DROP ROLE {prefix}_owner, {prefix}_app, {prefix}_readonly")
        await connection.close()


def test_the_script_is_printed_for_a_dba_and_needs_no_database() -> None:
    said = lumi_db("db", "roles", "--sql", "--prefix", "shop").stdout
    assert "GRANT USAGE ON SCHEMA public TO shop_app, shop_readonly;" in said
    assert "lumi_" not in said.replace("lumi_db/", "")


def test_a_prefix_that_is_no_plain_name_is_one_sentence() -> None:
    done = lumi_db("db", "roles", "--sql", "--prefix", "Shop")
    assert (done.returncode, done.stdout) == (1, "")
    assert "--prefix must be" in done.stderr


def test_a_database_without_the_shop_is_one_sentence(empty_database_url: str) -> None:
    done = lumi_db("db", "roles", environment={"DATABASE_URL": empty_database_url})
    assert done.returncode == 1
    assert "lumi-db migrate up" in done.stderr
    assert "Traceback" not in done.stderr
