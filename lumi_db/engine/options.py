"""How one client's engine behaves: pool, time limits, events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Settings of an engine; a parameter of the same meaning in the URL wins.

    All times are in seconds. A connection older than `connection_lifetime` is replaced when it comes back; one unused
    for `idle_lifetime` is closed while there are more than `pool_min`. `query_timeout` is what PostgreSQL calls
    statement_timeout (None: the server's own). A transaction, stream or batch that holds its connection for longer than
    `leak_after` is told to the listeners of `on_leak`, once (None: never).
    Without `mask_parameters` events show secret ones too: for tools that send a statement again.
    `trace_id` is asked for every event; `sql_tags` is given model and action of a call, and what it returns is written
    behind the SQL as a comment: one that differs from call to call is a statement of its own to PostgreSQL, prepared
    anew.
    With `settle_commits` a transaction's COMMIT whose answer is lost is looked up on a new connection; that
    costs one round trip more for every `tx()`, to learn its number before COMMIT.
    """

    pool_min: int = 5
    pool_max: int = 20
    connect_timeout: float = 5.0
    pool_timeout: float = 10.0
    connection_lifetime: float = 3600.0
    idle_lifetime: float = 300.0
    query_timeout: float | None = None
    idle_in_transaction_timeout: float | None = None
    leak_after: float | None = 30.0
    application_name: str = "lumi_db"
    event_parameters: bool = False
    mask_parameters: bool = True
    secret_fields: frozenset[str] = frozenset()
    trace_id: Callable[[], str | None] | None = None
    sql_tags: Callable[[str | None, str], Mapping[str, str]] | None = None
    settle_commits: bool = False
