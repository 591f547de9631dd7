"""`lumi-db migrate`, and how it takes turns with Prisma's own command."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from lumi_db.config import child_environment
from lumi_db.migrations import list_migrations

from .test_command_line import lumi_db

NAMES = list(list_migrations())
LOCKING = "20261124110000_audit_trail"  # it waits for "Coupon"


def migrate(
    url: str, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return lumi_db("migrate", *arguments, environment={"DATABASE_URL": url, **(environment or {})})


def states(url: str) -> dict[str, str]:
    return {one["name"]: one["state"] for one in json.loads(migrate(url, "status", "--json").stdout)}


def test_up_down_and_prisma_take_turns(empty_database_url: str) -> None:
    url = empty_database_url
    assert migrate(url, "up", "--to", NAMES[-3]).returncode == 0
    assert NAMES[-1] in prisma(url, "migrate", "deploy", code=0)
    assert set(states(url).values()) == {"applied"}
    assert migrate(url, "down").returncode == 0
    assert f"not yet been applied:\n{NAMES[-1]}" in prisma(url, "migrate", "status", code=1)
    assert NAMES[-1] in prisma(url, "migrate", "deploy", code=0)
    assert "up to date" in prisma(url, "migrate", "status", code=0)


def prisma(url: str, *arguments: str, code: int) -> str:
    done = lumi_db("prisma", *arguments, environment={"DATABASE_URL": url})
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def test_status_says_what_is_pending_and_ends_with_1_until_all_is_applied(empty_database_url: str) -> None:
    before = migrate(empty_database_url, "status")
    assert before.returncode == 1
    assert f"{NAMES[0]}" in before.stdout
    assert "lumi-db migrate up" in before.stderr
    assert json.loads(migrate(empty_database_url, "up", "--json").stdout)["applied"][-1]["name"] == NAMES[-1]
    assert migrate(empty_database_url, "status").returncode == 0
    assert "Nothing to apply" in migrate(empty_database_url, "up").stdout


@pytest.mark.long
def test_in_production_down_needs_yes(empty_database_url: str) -> None:
    migrate(empty_database_url, "up", "--to", NAMES[1])
    production = {"LUMI_ENV": "production"}
    refused = migrate(empty_database_url, "down", environment=production)
    assert refused.returncode == 1
    assert "add --yes" in refused.stderr
    assert states(empty_database_url)[NAMES[1]] == "applied"
    assert migrate(empty_database_url, "down", "--yes", environment=production).returncode == 0
    assert states(empty_database_url)[NAMES[1]] == "pending"


@pytest.mark.long
def test_repair_shows_what_a_failed_migration_left_and_marks_it(empty_database_url: str) -> None:
    url = empty_database_url
    migrate(url, "up", "--to", NAMES[-2])
    sql = (
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, logs) "
        f"VALUES ('1', '', '{NAMES[-1]}', 'it broke')"
    )
    asyncio.run(execute(url, sql))
    assert "lumi-db migrate repair" in migrate(url, "up").stderr
    shown = migrate(url, "repair")
    assert shown.returncode == 1
    assert "Nothing of it is left" in shown.stdout
    assert "it broke" in shown.stdout
    assert "Use --as rolled-back" in migrate(url, "repair", "--as", "applied").stderr
    assert migrate(url, "repair", "--as", "rolled-back").returncode == 0
    assert "Nothing to repair" in migrate(url, "repair").stdout
    assert migrate(url, "up").returncode == 0


def test_a_url_through_pgbouncer_is_refused(empty_database_url: str) -> None:
    mark = "&" if "?" in empty_database_url else "?"
    refused = migrate(f"{empty_database_url}{mark}pgbouncer=true", "up")
    assert refused.returncode == 1
    assert "set DIRECT_URL" in refused.stderr


def test_a_direct_url_of_another_database_is_refused(empty_database_url: str) -> None:
    refused = migrate(
        empty_database_url, "up", environment={"DIRECT_URL": "postgresql://u:hunter2@localhost/elsewhere"}
    )
    assert refused.returncode == 1
    assert "DIRECT_URL names database elsewhere" in refused.stderr
    assert "hunter2" not in refused.stderr


def test_what_a_user_may_not_and_what_is_read_only_is_one_sentence(empty_database_url: str) -> None:
    mark = "&" if "?" in empty_database_url else "?"
    for option, said in (
        ("role%3Dpg_read_all_data", "permission denied for schema public: grant the right"),
        ("default_transaction_read_only%3Don", "read-only transaction: let DATABASE_URL name"),
    ):
        refused = migrate(f"{empty_database_url}{mark}options=-c%20{option}", "up")
        assert (refused.returncode, refused.stdout) == (1, "")
        assert said in refused.stderr
        assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.long
def test_a_history_of_another_shape_is_not_prismas(empty_database_url: str) -> None:
    asyncio.run(execute(empty_database_url, "CREATE TABLE _prisma_migrations (id int)"))
    for command in (("migrate", "up"), ("health",), ("doctor",)):
        refused = lumi_db(*command, environment={"DATABASE_URL": empty_database_url})
        assert refused.returncode == 1, refused.stderr
        assert "_prisma_migrations is not Prisma's" in refused.stdout + refused.stderr
    assert "PostgreSQL" in refused.stdout


def test_who_reads_the_output_no_more_does_not_end_the_work(empty_database_url: str) -> None:
    closed, writes = os.pipe()
    os.close(closed)
    done = subprocess.run(
        [Path(sys.prefix) / "bin" / "lumi-db", "migrate", "up"],
        env=child_environment({"DATABASE_URL": empty_database_url}),
        stdout=writes, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(writes)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(states(empty_database_url).values()) == {"applied"}


def test_names_are_whole_in_a_narrow_terminal(empty_database_url: str) -> None:
    shown = migrate(empty_database_url, "status", environment={"COLUMNS": "40"}).stdout
    assert all(name in shown for name in NAMES)
    assert len(shown.splitlines()) == 1 + len(NAMES)


async def execute(url: str, sql: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(sql)
    await connection.close()


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
async def test_killed_in_the_middle_of_a_migration_it_leaves_nothing_and_goes_on(
    empty_database_url: str, how: signal.Signals
) -> None:
    url = empty_database_url
    migrate(url, "up", "--to", NAMES[NAMES.index(LOCKING) - 1])
    blocker = await asyncpg.connect(url)
    await blocker.execute('BEGIN; LOCK TABLE "Coupon" IN SHARE MODE')
    program = subprocess.Popen(
        [Path(sys.prefix) / "bin" / "lumi-db", "migrate", "up"], env=child_environment({"DATABASE_URL": url})
    )
    waiting = """
        SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
        WHERE NOT granted AND datname = current_database()
    """
    for _ in range(1000):
        if await blocker.fetchval(waiting):
            break
        await asyncio.sleep(0.02)
    else:
        raise AssertionError("it never waited for the table")
    program.send_signal(how)
    if how is signal.SIGTERM:
        # told to stop, it also ends what it runs on the server
        assert (program.wait(), await blocker.fetchval(waiting)) == (130, 0)
    program.wait()
    await blocker.execute("COMMIT")
    await blocker.close()
    assert states(url)[LOCKING] == "pending"
    assert migrate(url, "up").returncode == 0
    assert set(states(url).values()) == {"applied"}


def test_check_proves_the_migrations(database_url: str) -> None:
    done = migrate(database_url, "check", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    proofs = json.loads(done.stdout)
    assert len(proofs) == 5
    assert not any(one["faults"] for one in proofs)


def test_lint_finds_nothing_new_and_looks_at_old_ones_when_named() -> None:
    assert lumi_db("migrate", "lint").returncode == 0
    unknown = lumi_db("migrate", "lint", "nowhere")
    assert (unknown.returncode, "There is no migration nowhere" in unknown.stderr) == (1, True)


def in_clone(clone: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lumi_db", "migrate", *arguments],
        env=child_environment({"DATABASE_URL": url, "PYTHONPATH": str(clone), "COLUMNS": "200"}),
        cwd=clone, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.long
def test_a_new_migration_is_drafted_both_ways_checked_linted_applied_and_undone(
    clone: Path, empty_database_url: str
) -> None:
    url, schema = empty_database_url, clone / "schema.prisma"
    text = schema.read_text(encoding="utf-8")
    schema.write_text(text.replace("model Role {", "model Role {\n  colour String?\n", 1), encoding="utf-8")
    written = in_clone(clone, url, "new", "colour_roles")
    assert written.returncode == 0, written.stderr
    [folder] = (clone / "prisma" / "migrations").glob("*_colour_roles")
    assert 'ADD COLUMN     "colour" TEXT' in (folder / "migration.sql").read_text(encoding="utf-8")
    assert 'DROP COLUMN "colour"' in (folder / "down.sql").read_text(encoding="utf-8")
    for command in ("check", "lint", "up", "status", "down"):
        done = in_clone(clone, url, command)
        assert done.returncode == 0, command + done.stdout + done.stderr
    assert "colour_roles" in in_clone(clone, url, "new", "colour_roles").stderr


@pytest.mark.long
def test_lint_names_the_rule_the_line_and_the_missing_down_script(
    clone: Path, empty_database_url: str
) -> None:
    in_clone(clone, empty_database_url, "new", "index_titles", "--empty")
    [folder] = (clone / "prisma" / "migrations").glob("*_index_titles")
    script = folder / "migration.sql"
    script.write_text('CREATE INDEX "x" ON "Product" ("title");\nCOMMIT;\n', encoding="utf-8")
    found = json.loads(in_clone(clone, empty_database_url, "lint", "--json").stdout)
    rules = {one["rule"] for one in found}
    assert rules >= {"no-down", "own-transaction", "require-concurrent-index-creation"}
    script.write_text(
        '-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX "x" ON "Product" ("title");\n',
        encoding="utf-8",
    )
    (folder / "down.sql").write_text('DROP INDEX "x";\n', encoding="utf-8")
    left = json.loads(in_clone(clone, empty_database_url, "lint", "--json").stdout)
    assert left == []
