"""SQL is shown without the texts in it, wherever it was cut."""

from __future__ import annotations

import pytest

from lumi_db.statistics.texts import show_sql


@pytest.mark.parametrize(
    ("sql", "shown"),
    [
        ("ALTER ROLE shop PASSWORD 'hunter2'", "ALTER ROLE shop PASSWORD '***'"),
        ("ALTER ROLE shop PASSWORD 'hun", "ALTER ROLE shop PASSWORD '***'"),
        ("SELECT 'it''s', 5", "SELECT '***', 5"),
        (r"SELECT E'it\'s hunter2', 5", "SELECT '***', 5"),
        (r"SELECT E'hunter2\'", "SELECT '***'"),
        ("DO $$ hunter2 $$", "DO '***'"),
        ("DO $a$ $$ hunter2 $$ $a$; SELECT $1", "DO '***'; SELECT $1"),
        ("DO $a$ hunter2 $", "DO '***'"),
        ("SELECT 1 -- hunter2\n, 2 /* hunter2 */", "SELECT 1 , 2"),
        ("""SELECT "it's" FROM "Order" WHERE a = 'x'""", """SELECT "it's" FROM "Order" WHERE a = '***'"""),
        ("SELECT   $1,\n\t$2", "SELECT $1, $2"),
        ("SELECT U&'d\\0061t', x'1F'", "SELECT U&'***', x'***'"),
    ],
)
def test_texts_and_comments_are_left_out(sql: str, shown: str) -> None:
    assert show_sql(sql) == shown


def test_long_sql_is_cut() -> None:
    assert show_sql(f"SELECT {', '.join(['x'] * 100)}", longest=20) == "SELECT x, x, x, x, …"
    assert len(show_sql("x" * 500, longest=20)) == 20
