"""What cannot be seeded is refused in one sentence, and nothing is written."""

from __future__ import annotations

import bcrypt
import pytest
from pydantic import SecretStr

from lumi_db import Database
from seed.errors import ForeignRows, NotInProduction, PasswordNeeded, PasswordTooLong, UnknownProfile
from seed.runner import run_seed

from .conftest import Seed, count_rows, settings_for

PRODUCT = """INSERT INTO "Product" ("id", "title", "slug", "price", "updatedAt")
VALUES ('somebody', 'Somebody''s', 'somebodys', 10, now())"""


async def test_an_unknown_profile_names_the_known_ones(database: Database) -> None:
    with pytest.raises(UnknownProfile, match=r"no profile 'nope'.*demo.*prod"):
        await run_seed(database, "nope")


async def test_prod_takes_no_password_that_it_made_up(database: Database) -> None:
    with pytest.raises(PasswordNeeded, match="LUMI_ADMIN_PASSWORD"):
        await run_seed(database, "prod")
    assert not any((await count_rows(database)).values())


async def test_prod_again_needs_no_password(database: Database) -> None:
    await run_seed(database, "prod", admin_password=SecretStr("correct horse battery"))
    assert (await run_seed(database, "prod")).created == 0


async def test_a_password_that_bcrypt_would_cut_is_refused(database: Database) -> None:
    with pytest.raises(PasswordTooLong, match="72 bytes"):
        await run_seed(database, admin_password=SecretStr("ş" * 37))
    assert not any((await count_rows(database)).values())


async def test_the_admin_can_sign_in_with_the_password_given(database: Database) -> None:
    await run_seed(database, "prod", admin_password=SecretStr("correct horse battery"))
    admin = await database.client.user.find_unique_or_raise(
        where={"email": "admin@lumi.com"}, include={"roles": {"include": {"role": True}}}
    )
    assert admin.passwordHash.startswith("$2b$12$")
    assert bcrypt.checkpw(b"correct horse battery", admin.passwordHash.encode())
    assert [given.role.name for given in admin.roles or [] if given.role] == ["admin"]


async def test_the_admin_can_sign_in_with_the_password_made_up(database: Database) -> None:
    made_up = (await run_seed(database)).admin_password
    admin = await database.client.user.find_unique_or_raise(where={"email": "admin@lumi.com"})
    assert made_up is not None
    assert bcrypt.checkpw(made_up.get_secret_value().encode(), admin.passwordHash.encode())


async def test_customers_sign_in_with_the_password_of_the_demo(demo: Database) -> None:
    customer = await demo.client.user.find_unique_or_raise(where={"email": "ayse.yilmaz@example.com"})
    assert bcrypt.checkpw(b"lumi-demo", customer.passwordHash.encode())


async def test_production_is_seeded_with_prod_only(database_url: str) -> None:
    async with Database(settings_for(database_url, lumi_env="production")) as db:
        with pytest.raises(NotInProduction, match="LUMI_ENV is production"):
            await run_seed(db, "demo")
        assert not any((await count_rows(db)).values())
        await run_seed(db, "prod", admin_password=SecretStr("correct horse battery"))


async def test_a_database_with_somebody_elses_shop_is_left_alone(database: Database) -> None:
    await database.client.execute_raw(PRODUCT)
    before = await count_rows(database)
    with pytest.raises(ForeignRows, match="1 product "):
        await run_seed(database)
    assert await count_rows(database) == before


async def test_rows_of_others_do_not_matter_where_nothing_is_missing(database: Database) -> None:
    await run_seed(database)
    await database.client.execute_raw(PRODUCT)
    assert (await run_seed(database)).created == 0


async def test_missing_rows_are_not_written_beside_those_of_others(database: Database) -> None:
    await run_seed(database)
    await database.client.execute_raw(PRODUCT)
    await database.client.execute_raw('DELETE FROM "CartItem"')
    with pytest.raises(ForeignRows):
        await run_seed(database)
    assert (await count_rows(database))["CartItem"] == 0


@pytest.mark.parametrize(
    ("arguments", "env", "words"),
    [
        (("--profile", "nope"), {}, "There is no profile 'nope'"),
        (("--profile", "prod"), {}, "set LUMI_ADMIN_PASSWORD"),
        (("--profile", "demo"), {"LUMI_ENV": "production"}, "LUMI_ENV is production"),
        (("--profile", "demo"), {"LUMI_ADMIN_PASSWORD": "x" * 73}, "LUMI_ADMIN_PASSWORD"),
        (("--profile", "demo"), {"DATABASE_URL": "postgres:/nowhere"}, "DATABASE_URL"),
    ],
)
def test_the_command_says_what_to_mend_in_one_line(
    start_seed: Seed, arguments: tuple[str, ...], env: dict[str, str], words: str
) -> None:
    process = start_seed(*arguments, env=env)
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 1
    assert words in complained
    assert said == ""
    assert complained.count("\n") == 1


def test_the_command_tells_the_parts_and_the_password_once(start_seed: Seed) -> None:
    first, _ = start_seed("--profile", "demo").communicate(timeout=60)
    second, _ = start_seed("--profile", "demo").communicate(timeout=60)
    assert "catalogue: " in first
    assert "shown only now" in first
    assert "shown only now" not in second
    assert "none was changed" in second
