"""What the query log says about an event."""

from __future__ import annotations

from loguru import logger

from lumi_db.engine import OperationEvent, QueryEvent
from lumi_db.observability import QueryLog
from lumi_db.observability.query_log import LONGEST_SQL, shorten


def said_about(event: QueryEvent | OperationEvent, *, slow_query_ms: int = 200) -> list[str]:
    heard: list[str] = []
    logger.enable("lumi_db")
    sink = logger.add(
        lambda message: heard.append(f"{message.record['level'].name} {message.record['message']}")
    )
    log = QueryLog(slow_query_ms=slow_query_ms)
    if isinstance(event, QueryEvent):
        log.on_query(event)
    else:
        log.on_operation(event)
    logger.remove(sink)
    logger.disable("lumi_db")
    return heard


def query(duration: float, *, sql: str = "SELECT {}", error: str | None = None) -> QueryEvent:
    return QueryEvent("User", "find_many", sql, duration, 3, 2, None, False, error)


def test_a_statement_within_the_bound_is_not_mentioned() -> None:
    assert said_about(query(0.199)) == []


def test_a_slow_statement_is_a_warning_with_all_that_helps() -> None:
    assert said_about(query(0.25)) == [
        "WARNING Slow query: User.find_many took 250.0 ms (2 parameters, 3 rows): SELECT {}"
    ]


def test_a_failed_statement_is_left_to_its_operation() -> None:
    assert said_about(query(0.1, error="P2002")) == []


def test_a_failed_operation_is_an_error_with_its_code() -> None:
    event = OperationEvent("User", "create", 0.0123, 1, "P2002", "email must be unique.")
    assert said_about(event) == [
        "ERROR Failed operation: User.create failed with P2002 after 12.3 ms: email must be unique."
    ]


def test_an_operation_that_succeeds_is_not_mentioned() -> None:
    assert said_about(OperationEvent("User", "create", 9.0, 1, None, None)) == []


def test_long_sql_is_cut_and_put_on_one_line() -> None:
    assert shorten("SELECT\n  1") == "SELECT 1"
    assert len(shorten("x" * 10_000)) == LONGEST_SQL + 2
