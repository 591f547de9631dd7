"""What the query log says about an event."""

from __future__ import annotations

from loguru import logger

from lumi_db.engine import OperationEvent, QueryEvent
from lumi_db.engine.caller import Caller
from lumi_db.observability import QueryLog
from lumi_db.observability.query_log import LONGEST_SQL, shorten
from lumi_db.observability.sampling import Sampler


def said_about(event: QueryEvent | OperationEvent) -> list[str]:
    return said_by(QueryLog(slow_query_ms=200), event)


def said_by(log: QueryLog, *events: QueryEvent | OperationEvent) -> list[str]:
    heard: list[str] = []
    logger.enable("lumi_db")
    sink = logger.add(
        lambda message: heard.append(f"{message.record['level'].name} {message.record['message']}")
    )
    for event in events:
        if isinstance(event, QueryEvent):
            log.on_query(event)
        else:
            log.on_operation(event)
    logger.remove(sink)
    logger.disable("lumi_db")
    return heard


def query(duration: float, *, sql: str = "SELECT {}", error: str | None = None) -> QueryEvent:
    return QueryEvent(
        "User", "find_many", sql, duration, rows=3, parameter_count=2, in_transaction=True, error=error,
        waited=0.002, decoding=0.001, transaction="t1", caller=Caller("shop.py", 12), trace_id="r1",
    )  # fmt: skip


def operation(duration: float, *, error: str | None = None, message: str | None = None) -> OperationEvent:
    caller = Caller("shop.py", 12)
    return OperationEvent(
        "User", "create", duration, statements=1, error=error, message=message, caller=caller
    )


def test_a_statement_within_the_bound_is_not_mentioned() -> None:
    assert said_about(query(0.199)) == []


def test_a_slow_statement_is_a_warning_with_all_that_helps() -> None:
    [line] = said_about(query(0.25))
    facts = "2 parameters, 3 rows, waited 2.0 ms before, decoded 1.0 ms after, in a transaction"
    assert (
        line == f"WARNING Slow query: User.find_many took 250.0 ms ({facts}) at shop.py:12 [r1]: SELECT {{}}"
    )


def test_a_failed_statement_is_left_to_its_operation() -> None:
    assert said_about(query(0.1, error="P2002")) == []


def test_a_failed_operation_is_an_error_with_its_code() -> None:
    assert said_about(operation(0.0123, error="P2002", message="email must be unique.")) == [
        "ERROR Failed operation: User.create failed with P2002 after 12.3 ms at shop.py:12: email must be unique."
    ]


def test_an_operation_that_succeeds_is_not_mentioned() -> None:
    assert said_about(operation(9.0)) == []


def test_a_storm_is_sampled_and_says_how_much_was_left_out() -> None:
    now = 0.0
    log = QueryLog(slow_query_ms=200, sampler=Sampler(of_a_kind=2, in_all=3, period=60, clock=lambda: now))
    events = [query(1, sql=sql) for sql in ("a", "a", "a", "a", "b", "b", "c")]
    heard = said_by(log, *events)
    assert [line[-1] for line in heard] == ["a", "a", "b"]
    now = 60.0
    after = said_by(log, *events)
    assert [line[-1] for line in after] == ["a", "a", "b"]
    assert [line.partition("; ")[2][:6] for line in after] == ["2 more", "", "1 more"]


def test_long_sql_is_cut_and_put_on_one_line() -> None:
    assert shorten("SELECT\n  1") == "SELECT 1"
    assert len(shorten("x" * 10_000)) == LONGEST_SQL + 2
