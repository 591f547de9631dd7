"""Who is connected: what they do, how long they have done it, and what a user with few rights is shown."""

from __future__ import annotations

import asyncio

import asyncpg

from lumi_db.engine.driver.direct import DirectConnection
from lumi_db.statistics import Connections, Session, find_blindness, read_connections, read_locks
from lumi_db.testing.databases import Databases

from .conftest import Connect


def mine(found: Connections, connection: asyncpg.Connection) -> Session:
    return next(one for one in found.sessions if one.pid == connection.get_server_pid())


async def test_who_is_idle_in_a_transaction_comes_first_with_its_age(
    asking: DirectConnection, connect: Connect
) -> None:
    idle, holding = await connect(), await connect()
    await holding.execute("BEGIN; SELECT 'a text of a person'")
    await asyncio.sleep(0.05)
    found = await read_connections(asking)
    session = mine(found, holding)
    assert session.is_idle_in_transaction
    assert (session.application, session.sql) == ("shop", "BEGIN; SELECT '***'")
    assert (session.transaction_seconds or 0) >= 0.05
    assert mine(found, idle).transaction_seconds is None
    states = [one.state for one in found.sessions]
    assert states.index("idle in transaction") < states.index("idle")
    # the server has other tests' sessions too
    assert (found.groups[0].state or "").startswith("idle in transaction")


async def test_what_runs_is_shown_with_its_age_and_what_it_waits_for(
    asking: DirectConnection, connect: Connect
) -> None:
    busy = await connect()
    running = asyncio.ensure_future(busy.execute("SELECT pg_sleep(60)"))
    await asyncio.sleep(0.1)
    session = mine(await read_connections(asking), busy)
    assert (session.state, session.waits_for) == ("active", "Timeout: PgSleep")
    assert (session.query_seconds or 0) > 0.05
    busy.terminate()
    await asyncio.gather(running, return_exceptions=True)


async def test_all_are_counted_with_the_one_that_asks_against_the_servers_limit(
    asking: DirectConnection, connect: Connect
) -> None:
    await connect()
    found = await read_connections(asking)
    assert found.used == len(found.sessions) + 1
    assert found.most == int(await asking.fetch_value("SELECT current_setting('max_connections')"))
    assert found.reserved >= 3


async def test_a_user_with_few_rights_is_told_what_is_hidden_and_what_shows_it(
    asking: DirectConnection, connect: Connect, databases: Databases, empty_database_url: str
) -> None:
    role = f"few_{await asking.fetch_value('SELECT pg_backend_pid()')}"
    await asking.run_script(f"CREATE ROLE {role} LOGIN PASSWORD 'secret'")
    holding = await connect()
    await holding.execute("BEGIN; SELECT 1")
    try:
        assert await find_blindness(asking) is None
        await asking.run_script(f"SET ROLE {role}")
        hidden = mine(await read_connections(asking), holding)
        assert (hidden.state, hidden.sql) == (None, "")
        assert await find_blindness(asking) == (
            f'What other users do is hidden from {role}: GRANT pg_monitor TO "{role}" shows it.'
        )
        assert await read_locks(asking) == ()
        await asking.run_script(f"RESET ROLE; GRANT pg_monitor TO {role}; SET ROLE {role}")
        assert await find_blindness(asking) is None
        assert mine(await read_connections(asking), holding).is_idle_in_transaction
    finally:
        await asking.run_script(f"RESET ROLE; DROP ROLE {role}")
