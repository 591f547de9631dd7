"""The plan of a statement that a person wrote, as PostgreSQL gives it, and nothing of what it did stays.

Statements are prepared by PREPARE and explained by EXPLAIN EXECUTE: so the server itself finds the types of `$1`,
refuses a second statement, and makes a generic plan (one for all values) also before version 16, which has
GENERIC_PLAN for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lumi_db.engine.driver.direct import DirectConnection, ScriptFailed

from .errors import ExplainRefused
from .plan_nodes import Node, walk
from .reading import LOCKED

NULL = r"\N"
TIMEOUT = 30.0
_PREPARE = "PREPARE lumi_explain AS "
_EMPTY = re.compile(r"(?:\s|;|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
_WORD = re.compile(r"[A-Za-z]+")
_NOT_PLANNED = "is not a SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES or WITH: only these have a plan"
_TYPES_SQL = """
SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'lumi_explain'
"""
_ROWS_SQL = """
SELECT c.relname::text AS name, greatest(reltuples, n_live_tup)::int8 AS rows
FROM pg_class c JOIN pg_stat_all_tables ON relid = c.oid
WHERE c.relname = ANY($1) AND pg_table_is_visible(c.oid)
"""
_UNPLANNED = frozenset(
    {
        "alter",
        "analyze",
        "begin",
        "call",
        "commit",
        "copy",
        "create",
        "do",
        "drop",
        "grant",
        "lock",
        "refresh",
    }
    | {"reindex", "revoke", "rollback", "set", "show", "truncate", "vacuum"}
)
_SEVERAL = "cannot insert multiple commands"
_LOCKED, _NO_RIGHT, _READ_ONLY, _TIMED_OUT = "55P03", "42501", "25006", "57014"


@dataclass(frozen=True, slots=True)
class Explained:
    """A statement and its plan. `is_generic` says that it was planned for any values; `rows` are those of its tables.

    `plan` is the root of EXPLAIN's tree (its keys are EXPLAIN's); `execution_ms` is None where it did not run.
    """

    sql: str
    plan: Node
    is_generic: bool
    planning_ms: float
    execution_ms: float | None
    rows: Mapping[str, int]


async def explain_statement(
    connection: DirectConnection,
    sql: str,
    *,
    parameters: Sequence[str] = (),
    analyze: bool = False,
    may_write: bool = True,
    timeout: float = TIMEOUT,
) -> Explained:
    r"""Return the plan of one statement; `parameters` are the texts of the values of `$1`, `$2` …, `\N` is NULL.

    With `analyze` it runs, for at most `timeout` seconds, in a transaction that is rolled back; what a rollback does
    not take back (numbers of a sequence) stays. Without `may_write` that transaction is read-only, in which the server
    refuses what writes or locks rows before it does. Raises ExplainRefused.
    """
    _check_text(sql)
    await connection.run_script(
        f"BEGIN {'' if may_write else 'READ ONLY'}; SET LOCAL statement_timeout = {round(timeout * 1000)}"
    )
    try:
        return await _explain(connection, sql, parameters, analyze=analyze)
    except ScriptFailed as error:
        raise _refusal(error, timeout) from None
    finally:
        await connection.run_script("ROLLBACK")
        # a prepared statement outlives its transaction, and the driver has others
        if await connection.fetch_value(_TYPES_SQL) is not None:
            await connection.run_script("DEALLOCATE lumi_explain")


async def _explain(
    connection: DirectConnection, sql: str, parameters: Sequence[str], *, analyze: bool
) -> Explained:
    types = await _prepare(connection, sql)
    is_generic = _check_values(types, parameters, analyze=analyze)
    mode = "force_generic_plan" if is_generic else "force_custom_plan"
    await connection.run_script(f"SET LOCAL plan_cache_mode = {mode}")
    values = ["NULL"] * len(types) if is_generic else [_literal(one) for one in parameters]
    call = "EXECUTE lumi_explain" + (f"({', '.join(values)})" if values else "")
    found = await _plan(connection, f"EXPLAIN (SUMMARY, FORMAT JSON) {call}")
    # the second time the plan may be at hand
    planning = found["Planning Time"]
    if analyze:
        found = await _plan(connection, f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {call}")
    names = sorted({node["Relation Name"] for node, _ in walk(found["Plan"]) if "Relation Name" in node})
    rows = {row["name"]: row["rows"] for row in await connection.fetch(_ROWS_SQL, names)}
    return Explained(sql, found["Plan"], is_generic, planning, found.get("Execution Time"), rows)


async def _prepare(connection: DirectConnection, sql: str) -> Sequence[str]:
    """Prepare the statement and return the types of its parameters."""
    try:
        await connection.run_statement(_PREPARE + sql)
    except ScriptFailed as error:
        raise _misread(error, sql) from None
    found: Sequence[str] = await connection.fetch_value(_TYPES_SQL)
    return found


async def _plan(connection: DirectConnection, sql: str) -> dict[str, Any]:
    row = (await connection.run_statement(sql))[0]
    found: dict[str, Any] = json.loads(next(iter(row.values())))[0]
    return found


def _check_text(sql: str) -> None:
    rest = sql[_EMPTY.match(sql).end() :]  # type: ignore[union-attr]  # it matches nothing too
    if not rest:
        raise ExplainRefused("There is no SQL to explain: give one statement, a file, or - for stdin.")
    word = _WORD.match(rest)
    if word and word[0].lower() == "explain":
        raise ExplainRefused("The statement begins with EXPLAIN: give it without; --analyze runs it.")


def _check_values(types: Sequence[str], values: Sequence[str], *, analyze: bool) -> bool:
    """Tell whether a plan for any values is all that can be had. Raises ExplainRefused for too many or too few."""
    if len(values) == len(types):
        return False
    if not values and not analyze:
        return True
    wanted = f"{len(types)} parameter{'' if len(types) == 1 else 's'}"
    named = f" ({', '.join(f'${n} {name}' for n, name in enumerate(types, 1))})" if types else ""
    given = f"{len(values)} {'was' if len(values) == 1 else 'were'} given"
    remedy = "give each by --parameter, in order" if types else "leave --parameter out"
    raise ExplainRefused(f"The statement has {wanted}{named} and {given}: {remedy}.")


def _literal(value: str) -> str:
    if value == NULL:
        return "NULL"
    if "\0" in value:
        raise ExplainRefused("A parameter holds a zero byte, which PostgreSQL's texts cannot: leave it out.")
    return "'" + value.replace("'", "''") + "'"


def _misread(error: ScriptFailed, sql: str) -> ExplainRefused:
    """Return the error for a statement that PostgreSQL does not understand, with its place in the statement."""
    if error.sqlstate == _LOCKED:
        return ExplainRefused(LOCKED)
    if _SEVERAL in error.message:
        return ExplainRefused("These are several statements: explain them one by one.")
    word = _WORD.search(sql, _EMPTY.match(sql).end())  # type: ignore[union-attr]  # it matches nothing too
    if error.sqlstate == "42601" and word and word[0].lower() in _UNPLANNED:
        return ExplainRefused(f"{word[0].upper()} {_NOT_PLANNED}.")
    return _refused(error, _place(error, sql))


def _place(error: ScriptFailed, sql: str) -> str:
    at = (error.position or 0) - len(_PREPARE) - 1
    if not 0 <= at <= len(sql):
        return ""
    line, column = sql.count("\n", 0, at) + 1, at - sql.rfind("\n", 0, at)
    return f" (line {line}, column {column})"


def _refusal(error: ScriptFailed, timeout: float) -> ExplainRefused:
    if error.sqlstate == _TIMED_OUT:
        return ExplainRefused(
            f"The statement did not end within {timeout:g} s and was rolled back: give it longer by --timeout, "
            "or leave --analyze out for the plan alone."
        )
    if error.sqlstate == _LOCKED:
        return ExplainRefused(LOCKED)
    if error.sqlstate == _READ_ONLY:
        return _needs_yes()
    if error.sqlstate.startswith("22"):
        return ExplainRefused(f"A value does not fit: {error.message}.")
    return _refused(error, "")


def _refused(error: ScriptFailed, place: str) -> ExplainRefused:
    remedy = ": use a login that may" if error.sqlstate == _NO_RIGHT else ""
    return ExplainRefused(f"PostgreSQL refuses the statement: {error.message}{place}{remedy}.")


def _needs_yes() -> ExplainRefused:
    return ExplainRefused(
        "LUMI_ENV is production and the statement writes or locks rows, which others would wait for until it is rolled "
        "back: leave --analyze out, or add --yes if that is meant."
    )
