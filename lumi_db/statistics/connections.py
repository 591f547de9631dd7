"""Who is connected, doing what, for how long, and how much room there is left."""

from __future__ import annotations

from dataclasses import dataclass

from lumi_db.engine.driver.direct import DirectConnection

from .texts import show_sql

IDLE_IN_TRANSACTION = "idle in transaction"
_LIMITS_SQL = """
SELECT current_setting('max_connections')::int AS most,
    current_setting('superuser_reserved_connections')::int
        + coalesce(current_setting('reserved_connections', true)::int, 0) AS reserved
"""
# The state of others is NULL, and their text is this word, for who may not see them; backend_type is NULL then too.
_SESSIONS_SQL = """
SELECT pid, datname::text AS database, usename::text AS user, nullif(application_name, '') AS application,
    state,
    CASE WHEN state <> 'idle' THEN wait_event_type || ': ' || wait_event END AS waits_for,
    extract(epoch FROM clock_timestamp() - xact_start)::float8 AS transaction_seconds,
    CASE WHEN state = 'active' THEN extract(epoch FROM clock_timestamp() - query_start)::float8 END AS query_seconds,
    extract(epoch FROM clock_timestamp() - state_change)::float8 AS state_seconds,
    nullif(query, '<insufficient privilege>') AS sql, pid = pg_backend_pid() AS is_me
FROM pg_stat_activity
WHERE backend_type = 'client backend' OR (backend_type IS NULL AND usename IS NOT NULL)
ORDER BY pid
"""


@dataclass(frozen=True, slots=True)
class Session:
    """A connection; ages are in seconds. `state` is None where the user who asks may not see it.

    `sql` is its last statement without texts, which an idle one has ended.
    """

    pid: int
    database: str | None
    user: str | None
    application: str | None
    state: str | None
    waits_for: str | None
    transaction_seconds: float | None
    query_seconds: float | None
    state_seconds: float | None
    sql: str

    @property
    def is_idle_in_transaction(self) -> bool:
        """Tell whether it holds a transaction open and does nothing, which keeps locks and dead rows."""
        return (self.state or "").startswith(IDLE_IN_TRANSACTION)


@dataclass(frozen=True, slots=True)
class Group:
    """Connections that are alike, and the oldest transaction and statement among them, in seconds."""

    state: str | None
    user: str | None
    application: str | None
    waits_for: str | None
    connections: int
    oldest_transaction: float | None
    oldest_query: float | None


@dataclass(frozen=True, slots=True)
class Connections:
    """The client connections of a server, of all its databases; the one that asks is counted and not listed.

    `most` is max_connections, of which `reserved` are kept for administrators.
    """

    most: int
    reserved: int
    used: int
    sessions: tuple[Session, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The connections by state, user, application and wait: idle in transaction first, then the most."""
        found: dict[tuple[str | None, ...], list[Session]] = {}
        for one in self.sessions:
            found.setdefault((one.state, one.user, one.application, one.waits_for), []).append(one)
        groups = (_group(members) for members in found.values())
        return tuple(sorted(groups, key=lambda one: (_rank(one.state), -one.connections)))


async def read_connections(connection: DirectConnection) -> Connections:
    """Read who is connected; sessions idle in transaction come first, then those whose transaction is oldest."""
    limits = (await connection.fetch(_LIMITS_SQL))[0]
    rows = await connection.fetch(_SESSIONS_SQL)
    sessions = [_session(row) for row in rows if not row["is_me"]]
    sessions.sort(key=lambda one: (_rank(one.state), -(one.transaction_seconds or 0)))
    return Connections(limits["most"], limits["reserved"], len(rows), tuple(sessions))


def _session(row: dict[str, object]) -> Session:
    values = {name: value for name, value in row.items() if name != "is_me"}
    return Session(**{**values, "sql": show_sql(str(row["sql"] or ""))})  # type: ignore[arg-type]  # columns are typed in SQL


def _rank(state: str | None) -> int:
    text = state or ""
    if text.startswith(IDLE_IN_TRANSACTION):
        return 0
    return {"active": 1, "idle": 3}.get(text, 2)


def _group(members: list[Session]) -> Group:
    first = members[0]
    return Group(
        first.state, first.user, first.application, first.waits_for, len(members),
        max((one.transaction_seconds for one in members if one.transaction_seconds is not None), default=None),
        max((one.query_seconds for one in members if one.query_seconds is not None), default=None),
    )  # fmt: skip
