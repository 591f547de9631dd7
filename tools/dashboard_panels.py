"""The panels of the dashboard: what each shows, and the queries for it."""

from __future__ import annotations

from typing import NamedTuple

CALLS = "lumi_db_operation_duration_seconds"


class Panel(NamedTuple):
    """One panel: what it shows, in which unit, and the queries with their legends."""

    title: str
    text: str
    unit: str
    queries: tuple[tuple[str, str], ...]
    is_number: bool = False


def quantile(part: float, by: str = "") -> str:
    labels = f"le, {by}" if by else "le"
    return f"histogram_quantile({part}, sum by ({labels}) (rate({CALLS}_bucket[$__rate_interval])))"


def rate(metric: str, by: str = "") -> str:
    grouped = f" by ({by})" if by else ""
    return f"sum{grouped} (rate({metric}[$__rate_interval]))"


def share(metric: str) -> str:
    return f"{rate(metric)} / {rate(f'{CALLS}_count')}"


def wait_quantile(part: float) -> str:
    return (
        f"histogram_quantile({part}, sum by (le) (rate(lumi_db_pool_wait_seconds_bucket[$__rate_interval])))"
    )


_HITS, _MISSES = rate("lumi_db_plan_cache_hits_total"), rate("lumi_db_plan_cache_misses_total")
PLANS_KEPT = f"{_HITS} / ({_HITS} + {_MISSES})"
_DEAD = "lumi_db_server_table_dead_rows"
DEAD_ROWS = f"topk(10, {_DEAD} / (lumi_db_server_table_rows + {_DEAD} > 0))"
FROM_MEMORY = (
    f"""{rate('lumi_db_server_blocks_total{source="hit"}')} / {rate("lumi_db_server_blocks_total")}"""
)

ROWS: tuple[tuple[str, tuple[Panel, ...]], ...] = (
    (
        "At a glance",
        (
            Panel(
                "Calls",
                "Calls of the client a second, of all programs.",
                "ops",
                ((rate(f"{CALLS}_count"), ""),),
                True,
            ),
            Panel(
                "Errors",
                "Part of the calls that fail; 5 % is an alert.",
                "percentunit",
                ((share("lumi_db_operation_errors_total"), ""),),
                True,
            ),
            Panel(
                "Slow",
                "Part of the calls with a statement over SLOW_QUERY_MS; 1 % is an alert.",
                "percentunit",
                ((share("lumi_db_slow_queries_total"), ""),),
                True,
            ),
            Panel(
                "Time of a call",
                "Half, 95 % and 99 % of the calls take no longer than this.",
                "s",
                ((quantile(0.5), "half"), (quantile(0.95), "95 %"), (quantile(0.99), "99 %")),
            ),
            Panel(
                "Errors by code",
                "What failed, by Prisma's code (docs/errors.md).",
                "ops",
                ((rate("lumi_db_operation_errors_total", "code"), "{{code}}"),),
            ),
            Panel(
                "Time-outs",
                "Statements over QUERY_TIMEOUT_MS, and waits for a connection given up.",
                "ops",
                (
                    (rate("lumi_db_query_timeouts_total"), "statements"),
                    (rate("lumi_db_pool_timeouts_total"), "pool"),
                ),
            ),
        ),
    ),
    (
        "By model and action",
        (
            Panel(
                "Calls by action",
                "The ten most frequent.",
                "ops",
                ((f"topk(10, {rate(f'{CALLS}_count', 'model, action')})", "{{model}}.{{action}}"),),
            ),
            Panel(
                "Slowest calls",
                "95 % take no longer than this; the ten longest.",
                "s",
                ((f"topk(10, {quantile(0.95, 'model, action')})", "{{model}}.{{action}}"),),
            ),
            Panel(
                "Where the time goes",
                "Seconds of calls in each second, by action.",
                "s",
                ((f"topk(10, {rate(f'{CALLS}_sum', 'model, action')})", "{{model}}.{{action}}"),),
            ),
            Panel(
                "Slow queries",
                "Statements over SLOW_QUERY_MS: `lumi-db queries slow` shows them.",
                "ops",
                ((rate("lumi_db_slow_queries_total", "model, action"), "{{model}}.{{action}}"),),
            ),
            Panel(
                "Statements",
                "SQL statements a second.",
                "ops",
                ((rate("lumi_db_statement_duration_seconds_count"), "statements"),),
            ),
            Panel(
                "Plans kept",
                "Part of the calls whose plan was there from one of the same shape.",
                "percentunit",
                ((PLANS_KEPT, "kept"),),
            ),
        ),
    ),
    (
        "Pool",
        (
            Panel(
                "Connections",
                "Of all pools, and the most they may have.",
                "short",
                (
                    ("sum by (state) (lumi_db_pool_connections)", "{{state}}"),
                    ("sum(lumi_db_pool_connections_max)", "most"),
                ),
            ),
            Panel(
                "Waiting",
                "Tasks that wait for a connection now.",
                "short",
                (("sum(lumi_db_pool_waiting)", "waiting"),),
            ),
            Panel(
                "Wait for a connection",
                "95 % and 99 % wait no longer than this.",
                "s",
                ((wait_quantile(0.95), "95 %"), (wait_quantile(0.99), "99 %")),
            ),
            Panel(
                "Opened and closed",
                "Connections a second: many of both are a sign of something.",
                "ops",
                (
                    (rate("lumi_db_pool_connections_opened_total"), "opened"),
                    (rate("lumi_db_pool_connections_closed_total"), "closed"),
                ),
            ),
            Panel(
                "Leaks",
                "Connections held longer than DATABASE_LEAK_MS; the log names the line.",
                "short",
                (("sum(increase(lumi_db_leaked_connections_total[$__rate_interval]))", "leaks"),),
            ),
            Panel(
                "Running calls",
                "Calls that run now.",
                "short",
                (("sum(lumi_db_operations_active)", "calls"),),
            ),
        ),
    ),
    (
        "Transactions",
        (
            Panel(
                "Transactions",
                "Interactive transactions a second, by what became of them.",
                "ops",
                (
                    (rate("lumi_db_transactions_total", "outcome"), "{{outcome}}"),
                    (rate("lumi_db_transactions_retried_total"), "run again"),
                ),
            ),
            Panel(
                "Open",
                "Interactive transactions that are open now.",
                "short",
                (("sum(lumi_db_transactions_open)", "open"),),
            ),
            Panel(
                "Oldest",
                "Age of the oldest, in programs and on the server.",
                "s",
                (
                    ("max(lumi_db_transaction_oldest_seconds)", "in a program"),
                    ("lumi_db_server_oldest_transaction_seconds", "on the server"),
                    ("lumi_db_server_oldest_idle_transaction_seconds", "idle on the server"),
                ),
            ),
        ),
    ),
    (
        "Server",
        (
            Panel("Up", "1 while the database can be asked.", "short", (("lumi_db_server_up", "up"),), True),
            Panel(
                "Migrations",
                "By where they stand; failed ones are an alert.",
                "short",
                (("lumi_db_server_migrations", "{{state}}"),),
                True,
            ),
            Panel(
                "Server connections",
                "To this database by state, to the whole server, and the most there may be.",
                "short",
                (
                    ("lumi_db_server_connections", "{{state}}"),
                    ("lumi_db_server_connections_used", "all"),
                    ("lumi_db_server_connections_max", "most"),
                ),
            ),
            Panel(
                "Locks",
                "Sessions that wait for a lock; `lumi-db stats locks` shows for whose.",
                "short",
                (("lumi_db_server_blocked_sessions", "blocked"),),
            ),
            Panel(
                "Longest wait for a lock",
                "30 s is an alert.",
                "s",
                (("lumi_db_server_longest_block_seconds", "longest"),),
            ),
            Panel(
                "Deadlocks",
                "In each minute.",
                "short",
                (("increase(lumi_db_server_deadlocks_total[1m])", "deadlocks"),),
            ),
            Panel(
                "Server transactions",
                "Of the database, a second.",
                "ops",
                ((rate("lumi_db_server_transactions_total", "outcome"), "{{outcome}}"),),
            ),
            Panel(
                "Dead rows",
                "Part of each table that waits for vacuum; the ten largest.",
                "percentunit",
                ((DEAD_ROWS, "{{table}}"),),
            ),
            Panel(
                "Sizes",
                "Tables with their indexes; the ten largest.",
                "bytes",
                (("topk(10, lumi_db_server_table_bytes)", "{{table}}"),),
            ),
            Panel(
                "Rows",
                "Estimated; the ten largest tables.",
                "short",
                (("topk(10, lumi_db_server_table_rows)", "{{table}}"),),
            ),
            Panel(
                "Audit trail",
                "Rows written a second.",
                "ops",
                ((rate("lumi_db_server_audit_rows_total"), "rows"),),
            ),
            Panel(
                "Read from memory",
                "Part of the blocks that were in the server's memory.",
                "percentunit",
                ((FROM_MEMORY, "memory"),),
            ),
            Panel(
                "Freezing",
                "Transactions since the oldest row was frozen; the server stops at 2,000 million.",
                "short",
                (("lumi_db_server_oldest_xid_age", "age"),),
            ),
            Panel(
                "Standby",
                "How far a standby is behind.",
                "s",
                (("lumi_db_server_replication_lag_seconds", "behind"),),
            ),
        ),
    ),
)
