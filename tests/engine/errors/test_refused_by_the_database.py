"""Each code that PostgreSQL's answers have, provoked for real; no error shows a value."""

from __future__ import annotations

from typing import Any

import pytest

from .support import MARKER, refused, summary

CHANGES: list[tuple[str, Any, str, str | None, dict[str, Any]]] = [
    # what is created below the model, the class, the code and a part of its meta
    ("user", {"email": "u1@x", "age": 1}, "UniqueViolationError", "P2002", {"target": ["email"]}),
    ("user", {"email": "U1@x", "age": 1}, "UniqueViolationError", "P2002", {"target": ["lower(email)"]}),
    ("tag", {"name": "mine"}, "UniqueViolationError", "P2002", {"target": ["name"], "modelName": "Tag"}),
    (
        "post",
        {"title": "t", "author": {"create": {"email": "u1@x", "age": 1}}},
        "UniqueViolationError",
        "P2002",
        {"target": ["email"], "modelName": "User"},
    ),
    (
        "post",
        {"title": "p1", "authorId": "u1"},
        "UniqueViolationError",
        "P2002",
        {"target": ["authorId", "title"]},
    ),
    (
        "post",
        {"title": "t", "authorId": MARKER},
        "ForeignKeyViolationError",
        "P2003",
        {"field_name": "authorId"},
    ),
    (
        "user",
        {"email": MARKER, "age": -1},
        "DataError",
        "P2004",
        {"constraint": "grown", "modelName": "User"},
    ),
    ("user", {"email": MARKER}, "DataError", "P2011", {"constraint": ["age"]}),
    (
        "desk",
        {"code": MARKER, "room": "emptied"},
        "DataError",
        "P2011",
        {"constraint": ["code"], "modelName": "Desk"},
    ),
    ("sample", {"varchar": MARKER * 2}, "DataError", "P2000", {"column_name": "(not available)"}),
    ("sample", {"char": MARKER}, "DataError", "P2000", {"modelName": "Sample"}),
    ("sample", {"ip": MARKER}, "DataError", "P2007", {"sqlstate": "22P02"}),
]


@pytest.mark.parametrize(("model", "data", "name", "code", "meta"), CHANGES)
async def test_a_row_is_refused(
    db: Any, rules: None, errors: Any, model: str, data: Any, name: str, code: str, meta: dict[str, Any]
) -> None:
    error = await refused(errors, getattr(db, model).create(data))
    assert summary(error) == (name, code)
    assert meta.items() <= error.meta.items()


async def test_a_partial_index_names_its_fields(db: Any, rules: None, errors: Any) -> None:
    await db.user.create({"email": "a", "name": MARKER, "age": 101})
    error = await refused(errors, db.user.create({"email": "b", "name": MARKER, "age": 102}))
    assert (error.code, error.meta["target"], error.meta["constraint"]) == ("P2002", ["name"], "one_elder")


async def test_an_exclusion_constraint_is_named(db: Any, rules: None, errors: Any) -> None:
    await db.execute_raw('DROP INDEX "Tag_name_key"')
    await db.tag.create({"name": MARKER})
    error = await refused(errors, db.tag.create({"name": MARKER}))
    assert (error.code, error.meta["constraint"]) == ("P2004", "apart")
    assert error.meta["database_error"] == str(error) == "A constraint failed on the database: apart."


@pytest.mark.parametrize(
    ("room", "code", "sqlstate", "message"),
    [
        ("plain", None, "P0001", 'the room "plain: 1" is closed'),
        ("own", None, "LU001", "the room is mine"),
        ("warning", None, "02000", "the room is empty"),
        ("check", "P2004", "23514", "The database refused the change (full): the room is full"),
        ("unique", "P2002", "23505", "The database refused the change: the room is taken"),
    ],
)
async def test_what_a_trigger_raises_is_told(
    db: Any, rules: None, errors: Any, room: str, code: str | None, sqlstate: str, message: str
) -> None:
    error = await refused(errors, db.desk.create({"code": MARKER, "room": room}))
    assert (error.code, error.meta["sqlstate"], str(error)) == (code, sqlstate, message)
    assert isinstance(error, errors.UniqueViolationError) == (code == "P2002")
    assert error.meta["modelName"] == "Desk"


@pytest.mark.parametrize(
    ("field", "change", "code", "words"),
    [
        ("int", {"increment": 1}, "P2020", "out of range"),
        ("small", {"multiply": 2}, "P2020", "out of range"),
        ("int", {"divide": 0}, "P2007", "divided by zero"),
    ],
)
async def test_arithmetic_that_cannot_be_done(
    db: Any, errors: Any, field: str, change: Any, code: str, words: str
) -> None:
    await db.sample.create({"int": 2**31 - 1, "small": 2**15 - 1})
    error = await refused(errors, db.sample.update(where={"id": 1}, data={field: change}))
    assert error.code == code
    assert words in str(error)


async def test_a_search_that_cannot_be_parsed(db: Any, errors: Any) -> None:
    error = await refused(errors, db.user.find_many(where={"name": {"search": f"{MARKER} & ("}}))
    assert (error.code, error.meta["sqlstate"]) == ("P2007", "42601")


async def test_a_row_that_is_pointed_at(db: Any, author: None, errors: Any) -> None:
    error = await refused(errors, db.user.delete(where={"id": "u1"}))
    assert summary(error) == ("ForeignKeyViolationError", "P2003")
    assert (error.meta["modelName"], error.meta["field_name"]) == ("Post", "authorId")


async def test_tables_and_columns_that_are_gone(db: Any, author: None, errors: Any) -> None:
    await db.execute_raw('ALTER TABLE "Tag" DROP COLUMN name')
    for call in (db.tag.create({"name": MARKER}), db.tag.find_first(where={"name": MARKER})):
        error = await refused(errors, call)
        assert (error.code, error.meta["column"], error.meta["modelName"]) == ("P2022", "name", "Tag")
    await db.execute_raw('DROP TABLE "Profile"')
    for call in (db.profile.find_first(), db.user.find_first(include={"profile": True})):
        error = await refused(errors, call)
        assert summary(error) == ("TableNotFoundError", "P2021")
        assert error.table == error.meta["table"] == "Profile"


async def test_more_parameters_than_a_statement_has(db: Any, errors: Any) -> None:
    many = [{"name": MARKER} for _ in range(33_000)]
    assert (await refused(errors, db.user.find_many(where={"OR": many}))).code == "P2029"


async def test_a_read_only_transaction(db: Any, author: None, errors: Any) -> None:
    tx = await db.tx(read_only=True).start()
    error = await refused(errors, tx.user.update(where={"id": "u1"}, data={"name": MARKER}))
    assert (error.code, error.meta["sqlstate"]) == (None, "25006")
    assert "read-only" in str(error)


async def test_rights_that_are_missing(db: Any, author: None, errors: Any) -> None:
    tx = await db.tx().start()
    await tx.execute_raw("SET LOCAL ROLE pg_monitor")
    error = await refused(errors, tx.user.find_first(where={"name": MARKER}))
    assert (error.code, error.meta["sqlstate"]) == ("P1010", "42501")


@pytest.mark.parametrize("arguments", [("SELECT $1::int", MARKER), (f"SELECT '{MARKER}'::int",)])
async def test_raw_sql_hides_values_too(db: Any, errors: Any, arguments: Any) -> None:
    error = await refused(errors, db.query_raw(*arguments))
    assert summary(error) == ("RawQueryError", "P2010")
    assert error.meta["code"] == "22P02"


async def test_listeners_are_told_without_values(db: Any, rules: None, errors: Any) -> None:
    heard: list[Any] = []
    db.on_query(heard.append)
    db.on_operation(heard.append)
    for model, data, *_ in CHANGES:
        await refused(errors, getattr(db, model).create(data))
    assert len([event for event in heard if event.error]) >= 2 * len(CHANGES)
    assert MARKER not in repr(heard)
