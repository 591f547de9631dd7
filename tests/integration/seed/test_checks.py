"""`seed validate` names every broken rule; each is broken where the owner has switched the database's guards off."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from lumi_db import Database
from seed.checks.run import RULES, Finding, find_broken, list_checks

from .breaks import BREAKS

_SWITCH_OFF = """
DO $$
DECLARE
    guard record;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR guard IN
        SELECT conname AS name, conrelid::regclass AS "table" FROM pg_constraint
        WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conrelid <> 0
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', guard."table", guard.name);
    END LOOP;
    FOR guard IN
        SELECT indexrelid::regclass AS name FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
        WHERE relnamespace = 'public'::regnamespace AND indisunique AND NOT indisprimary
            AND indexrelid <> '"User_email_key"'::regclass
    LOOP
        EXECUTE format('DROP INDEX %s', guard.name);
    END LOOP;
END
$$"""


class _UndoneError(Exception):
    """Rolls the transaction back."""


async def _broken_by(db: Database, sql: str, *names: str) -> list[Finding]:
    """Break a rule in a transaction that is undone, and return what the checks of these names find."""
    found: list[Finding] = []
    with suppress(_UndoneError):
        async with db.tx(timeout=timedelta(minutes=1)) as tx:
            checks = [check for check in await list_checks(tx) if check.name in names]
            await tx.execute_raw(_SWITCH_OFF)
            await tx.execute_raw(sql)
            found = [finding async for finding in find_broken(tx, checks)]
            raise _UndoneError
    return found


@pytest.mark.parametrize("name", BREAKS)
async def test_a_broken_rule_is_named_with_its_rows(demo: Database, name: str) -> None:
    (finding,) = await _broken_by(demo, BREAKS[name], name)
    assert finding.check.name == name
    assert finding.count >= 1
    assert 1 <= len(finding.examples) <= 3
    assert finding.sentence.startswith(f"There are {finding.check.wrong}: ")


def test_every_rule_is_broken_in_a_test() -> None:
    names = [check.name for check in RULES]
    assert len(set(names)) == len(names)
    assert set(names) <= set(BREAKS)


async def test_a_seeded_shop_breaks_no_rule(shop: Database) -> None:
    checks = await list_checks(shop.client)
    assert len(checks) > 150
    assert [finding.sentence async for finding in find_broken(shop.client, checks)] == []


async def test_nothing_is_wrong_with_an_empty_database(database: Database) -> None:
    checks = await list_checks(database.client)
    assert [finding.sentence async for finding in find_broken(database.client, checks)] == []
