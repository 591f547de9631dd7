"""What a person may choose: parts, the day, the seed, the language, the size; and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner, Result

from lumi_db import Database
from lumi_db.testing.databases import Databases
from seed.checks.run import find_broken, list_checks
from seed.choices import Choices
from seed.cli import app

from .conftest import SMALL, read_all, seed_at, settings_for

Command = Callable[..., Result]
SMALL_QA = ("--profile", "qa", "--products", "40", "--customers", "30", "--orders", "50")


@pytest.fixture
def seed(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Give a function that runs the command on this test's database in this process."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("LUMI_ENV", "test")
    return lambda *words: CliRunner().invoke(app, [*words])


async def _change(url: str, *statements: str) -> None:
    async with Database(settings_for(url)) as db:
        for sql in statements:
            await db.client.execute_raw(sql)


@pytest.fixture
def change(database_url: str) -> Callable[..., None]:
    """Give a function that runs statements on this test's database."""
    import asyncio

    return lambda *statements: asyncio.run(_change(database_url, *statements))


def _parts(done: Result) -> set[str]:
    return {part["name"] for part in json.loads(done.stdout)["parts"]}


def test_only_brings_what_it_needs(seed: Command) -> None:
    assert _parts(seed("--profile", "dev", "--only", "collections", "--json")) == {
        "categories",
        "media",
        "catalogue",
        "collections",
    }


def test_skip_leaves_out_what_needs_it(seed: Command) -> None:
    parts = _parts(seed("--profile", "dev", "--skip", "carts,security", "--json"))
    assert {"users", "coupons", "inventory"} <= parts
    assert not parts & {"carts", "orders", "payments", "reviews", "security"}


def test_what_was_skipped_can_follow(seed: Command) -> None:
    seed("--profile", "dev", "--skip", "users")
    assert "Created" in seed("--profile", "dev").stdout
    assert seed("--profile", "dev", "--status").exit_code == 0
    assert seed("validate").exit_code == 0


def test_the_status_tells_what_is_missing_and_what_differs(
    seed: Command, change: Callable[..., None]
) -> None:
    assert seed("--profile", "dev", "--status").exit_code == 1
    seed("--profile", "dev")
    assert seed("--profile", "dev", "--status").exit_code == 0
    change(
        """UPDATE "Product" SET "title" = 'x' WHERE "slug" = 'oxford-gomlek'""", 'DELETE FROM "ReviewMedia"'
    )
    done = seed("--profile", "dev", "--status")
    assert done.exit_code == 1
    assert "8 rows are missing and 1 are different" in done.stdout
    assert "(title)" in done.stdout


def test_a_dry_run_writes_nothing(seed: Command) -> None:
    first = seed("--profile", "dev", "--dry-run")
    assert first.exit_code == 0
    assert "nothing was written" in first.stdout
    assert "there: 0" not in seed("--profile", "dev", "--dry-run").stdout
    assert json.loads(seed("--profile", "dev", "--json").stdout)["existing"] == 0


def test_overwrite_gives_rows_their_values_again(seed: Command, change: Callable[..., None]) -> None:
    seed("--profile", "dev")
    change(
        """UPDATE "Product" SET "title" = 'x', "updatedAt" = now() WHERE "slug" = 'oxford-gomlek'""",
        """UPDATE "Order" SET "taxAmount" = 0 WHERE "status" = 'PAID'""",
    )
    assert seed("validate").exit_code == 1
    assert json.loads(seed("--profile", "dev", "--json").stdout)["changed"] == 0
    assert json.loads(seed("--profile", "dev", "--overwrite", "--json").stdout)["changed"] > 1
    assert seed("--profile", "dev", "--status").exit_code == 0
    assert seed("validate").exit_code == 0


def test_reset_asks_and_then_seeds_anew(seed: Command, change: Callable[..., None]) -> None:
    seed("--profile", "dev")
    change("""UPDATE "Product" SET "title" = 'x'""")
    refused = seed("--profile", "demo", "--reset")
    assert (refused.exit_code, "add --yes" in refused.stderr) == (1, True)
    assert seed("--profile", "demo", "--reset", "--yes").exit_code == 0
    assert seed("--profile", "demo", "--status").exit_code == 0


def test_production_is_reset_only_where_that_is_meant(seed: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMI_ENV", "production")
    monkeypatch.setenv("LUMI_ADMIN_PASSWORD", "correct horse battery")
    assert "--yes" in seed("--profile", "prod", "--reset").stderr
    assert "--yes" in seed("--profile", "dev").stderr
    assert seed("--profile", "prod", "--reset", "--yes").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--profile", "dev", "--scale", "2"), "--scale is for the profile qa"),
        (("--as-of", "2999-01-01"), "--as-of is in the future"),
        (("--as-of", "tomorrow"), "--as-of takes a day"),
        (("--locale", "de"), "--locale takes one of tr, en"),
        (("--only", "nothing"), "There is no part 'nothing'"),
    ],
)
def test_a_choice_that_cannot_be_is_told_in_one_sentence(
    seed: Command, words: tuple[str, ...], said: str
) -> None:
    done = seed(*words)
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_validate_tells_the_broken_rules_as_sentences_and_as_json(
    seed: Command, change: Callable[..., None]
) -> None:
    seed("--profile", "dev")
    change("""UPDATE "Order" SET "taxAmount" = 0 WHERE "reference" = 'LM-2026-000001'""")
    done = seed("validate")
    assert done.exit_code == 1
    assert (
        "orders whose tax is not what their total contains at 20%: 1, for example LM-2026-000001"
        in done.stdout
    )
    (broken,) = json.loads(seed("validate", "--json").stdout)["broken"]
    assert (broken["rule"], broken["count"]) == ("order-tax", 1)


@pytest.mark.parametrize("profile", ["demo", "qa"])
async def test_another_day_seed_and_language_make_a_shop_as_sound(databases: Databases, profile: str) -> None:
    choices = Choices(seed=7, as_of=date(2025, 5, 5), locale="en", size=SMALL)
    with databases.migrated() as url:
        await seed_at(url, profile, choices)
        async with Database(settings_for(url)) as db:
            checks = await list_checks(db.client)
            assert [finding.sentence async for finding in find_broken(db.client, checks)] == []
            last = await db.client.order.find_first(order={"placedAt": "desc"})
            assert last is not None
            assert datetime(2025, 5, 4, tzinfo=UTC) < last.placedAt < datetime(2025, 5, 5, 12, tzinfo=UTC)


async def test_qa_of_a_size_has_that_size_and_the_same_bytes_twice(databases: Databases) -> None:
    snapshots = []
    for _ in range(2):
        with databases.migrated() as url:
            await seed_at(url, "qa")
            async with Database(settings_for(url)) as db:
                rows = await read_all(db)
                rows["User"] = [row for row in rows["User"] if "admin@lumi.com" not in row]
                snapshots.append(rows)
    counts = {table: len(snapshots[0][table]) for table in ("Product", "User", "Order")}
    assert counts == {"Product": SMALL.products, "User": SMALL.customers, "Order": SMALL.orders}
    assert snapshots[0] == snapshots[1]


def test_a_shop_of_another_size_is_refused(seed: Command) -> None:
    seed(*SMALL_QA)
    done = seed(*SMALL_QA[:-1], "51")
    assert done.exit_code == 1
    assert "30 users and 40 products" in done.stderr


def test_qa_again_changes_nothing_and_completes_what_is_missing(
    seed: Command, change: Callable[..., None]
) -> None:
    made = json.loads(seed(*SMALL_QA, "--json").stdout)["created"]
    assert json.loads(seed(*SMALL_QA, "--json").stdout)["created"] == 0
    change('DELETE FROM "Review"', 'DELETE FROM "OrderItem" WHERE "id" = (SELECT min("id") FROM "OrderItem")')
    assert seed(*SMALL_QA, "--status").exit_code == 1
    again = json.loads(seed(*SMALL_QA, "--json").stdout)
    assert again["created"] + again["existing"] == made
    assert seed(*SMALL_QA, "--status").exit_code == 0


async def test_dev_has_the_rare_rows_by_name(databases: Databases) -> None:
    with databases.migrated() as url:
        await seed_at(url, "dev")
        async with Database(settings_for(url)) as db:
            assert await db.client.user.find_unique(where={"email": "edge.deleted@example.com"}) is None
            free = await db.client.product.find_unique_or_raise(where={"slug": "edge-free"})
            used_up = await db.client.coupon.find_unique_or_raise(where={"code": "EDGE-USED-UP"})
            assert free.price == 0
            assert used_up.usageLimit == 0
            assert await db.shop.products.search("edge")
