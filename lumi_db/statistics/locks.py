"""Who keeps whom waiting: the sessions that wait for a lock, below those that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lumi_db.engine.driver.direct import DirectConnection

from .texts import show_sql

PREPARED = 0
"""The process id of what no session holds: a prepared transaction."""

# Who waits for another's row waits for its transaction; which table that is tells the lock on the row it has taken
# in the queue before.
_SQL = """
WITH waiting AS (SELECT pid, pg_blocking_pids(pid) AS blockers FROM pg_stat_activity
                 WHERE datname = current_database() AND pid IN (SELECT pid FROM pg_locks WHERE NOT granted)),
involved AS (SELECT pid, blockers FROM waiting WHERE blockers <> '{}'
             UNION ALL
             SELECT DISTINCT holder, '{}'::int[] FROM waiting, unnest(blockers) AS holder
             WHERE holder NOT IN (SELECT pid FROM waiting WHERE blockers <> '{}')),
named AS (SELECT l.*, c.relname::text AS name FROM pg_locks l
          LEFT JOIN pg_class c ON c.oid = l.relation AND l.database IN (0, (
              SELECT oid FROM pg_database WHERE datname = current_database())))
SELECT i.pid, i.blockers, a.usename::text AS user, a.datname::text AS database,
    nullif(a.application_name, '') AS application, a.state, nullif(a.query, '<insufficient privilege>') AS sql,
    extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS transaction_seconds,
    extract(epoch FROM clock_timestamp() - coalesce(w.waitstart, a.query_start))::float8 AS waits_seconds,
    w.mode, w.locktype AS kind,
    coalesce(w.name, (SELECT t.name FROM named t WHERE t.pid = i.pid AND t.locktype = 'tuple' AND t.granted LIMIT 1)
    ) AS relation
FROM involved i
LEFT JOIN pg_stat_activity a ON a.pid = i.pid
LEFT JOIN LATERAL (SELECT * FROM named n WHERE n.pid = i.pid AND NOT n.granted LIMIT 1) w ON i.blockers <> '{}'
ORDER BY i.pid
"""
_PREPARED_SQL = "SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY prepared"


@dataclass(frozen=True, slots=True)
class Blocked:
    """A session in a chain of locks: what it waits for since how many seconds (None: it waits for nobody), and its SQL.

    `relation` is None where the lock is on no table of this database. `sql` has no texts; that of one that is not
    active is its last.
    """

    pid: int
    user: str | None
    database: str | None
    application: str | None
    state: str | None
    sql: str
    transaction_seconds: float | None
    waits_seconds: float | None
    mode: str | None
    kind: str | None
    relation: str | None
    blockers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """A session, those that wait for it directly, and the SQL that ends it."""

    session: Blocked
    waiting: tuple[Chain, ...]
    sql: str

    @property
    def size(self) -> int:
        """How many sessions wait for it, directly or behind others."""
        return sum(1 + one.size for one in self.waiting)


async def read_locks(connection: DirectConnection) -> tuple[Chain, ...]:
    """Return the sessions that block others of this database and wait for nobody, with all that wait behind them.

    Those that keep the most waiting come first.
    """
    rows = await connection.fetch(_SQL)
    sessions = [
        Blocked(**{**row, "sql": show_sql(row["sql"] or ""), "blockers": tuple(row["blockers"])})
        for row in rows
    ]
    prepared = [str(row["gid"]) for row in await connection.fetch(_PREPARED_SQL)]
    return chain(sessions, prepared=prepared)


def chain(sessions: Sequence[Blocked], *, prepared: Sequence[str] = ()) -> tuple[Chain, ...]:
    """Make trees of sessions, each below one of its blockers: the one that stands farthest back in the queue.

    Sessions that wait for each other (the server ends such a deadlock after deadlock_timeout) hang below the first.
    """
    known = {one.pid: one for one in sessions}
    parents = {one.pid: _parent(one, known) for one in sessions}
    roots = [one for one in sessions if parents[one.pid] is None or _is_first_of_circle(one.pid, parents)]
    below: dict[int | None, list[Blocked]] = {}
    for one in sessions:
        if one not in roots:
            below.setdefault(parents[one.pid], []).append(one)
    trees = [_tree(one, below, prepared) for one in roots]
    return tuple(sorted(trees, key=lambda one: -one.size))


def _parent(one: Blocked, known: Mapping[int, Blocked]) -> int | None:
    blockers = [known[pid] for pid in one.blockers if pid in known]
    # who waits too stands before it in the queue, and is gone only after the others
    last = max(blockers, key=lambda other: len(set(other.blockers) & set(one.blockers)), default=None)
    return last.pid if last else None


def _ancestors(pid: int, parents: Mapping[int, int | None]) -> Iterator[int]:
    seen: set[int] = set()
    found = parents[pid]
    while found is not None and found not in seen:
        seen.add(found)
        yield found
        found = parents[found]


def _is_first_of_circle(pid: int, parents: Mapping[int, int | None]) -> bool:
    above = list(_ancestors(pid, parents))
    return pid in above and pid == min(above)


def _tree(one: Blocked, below: Mapping[int | None, Sequence[Blocked]], prepared: Sequence[str]) -> Chain:
    waiting = tuple(_tree(other, below, prepared) for other in below.get(one.pid, ()))
    return Chain(one, waiting, _remedy(one.pid, prepared))


def _remedy(pid: int, prepared: Sequence[str]) -> str:
    if pid != PREPARED:
        return f"SELECT pg_terminate_backend({pid});"
    names = ("'" + name.replace("'", "''") + "'" for name in prepared)
    return " ".join(f"ROLLBACK PREPARED {name};" for name in names)
