"""What a database's tables and history say about it."""

from __future__ import annotations

from pathlib import Path

from lumi_db.errors import ForeignDatabase, MigrationFailed, MigrationsPending, SchemaNotReady
from lumi_db.migrations import list_migrations
from lumi_db.schema_check import DatabaseContent, find_problem

TABLES = frozenset({"User", "Order"})
MIGRATIONS = ("1_init", "2_checks")


def problem_of(content: DatabaseContent, migrations: tuple[str, ...] = MIGRATIONS) -> SchemaNotReady | None:
    return find_problem(content, database="shop", tables=TABLES, migrations=migrations)


def test_all_tables_and_migrations_are_fine() -> None:
    assert problem_of(DatabaseContent(TABLES, MIGRATIONS)) is None


def test_tables_of_others_beside_ours_are_fine() -> None:
    assert problem_of(DatabaseContent(TABLES | {"invoice"}, MIGRATIONS)) is None


def test_migrations_of_a_later_version_are_fine() -> None:
    assert problem_of(DatabaseContent(TABLES, (*MIGRATIONS, "3_later"))) is None


def test_tables_without_a_history_are_fine_when_all_are_there() -> None:
    assert problem_of(DatabaseContent(TABLES, None)) is None
    problem = problem_of(DatabaseContent(frozenset({"User", "invoices"}), None))
    assert isinstance(problem, ForeignDatabase)
    assert "(invoices)" in str(problem)


def test_an_empty_database_lacks_all() -> None:
    problem = problem_of(DatabaseContent(frozenset(), None))
    assert isinstance(problem, MigrationsPending)
    assert problem.pending == MIGRATIONS
    assert str(problem) == "Database shop has none of the 2 migrations: run `lumi-db migrate up`."


def test_what_lacks_is_counted_and_the_first_named() -> None:
    problem = problem_of(DatabaseContent(TABLES, ("1_init",)))
    assert str(problem) == (
        "Database shop lacks 1 of 2 migrations, first 2_checks: run `lumi-db migrate up`."
    )


def test_without_the_migrations_folder_the_tables_decide() -> None:
    assert problem_of(DatabaseContent(TABLES, ("1_init",)), ()) is None
    problem = problem_of(DatabaseContent(frozenset({"User"}), ("1_init",)), ())
    assert str(problem) == "Database shop lacks tables of the shop: run `lumi-db migrate up`."


def test_a_migration_that_did_not_end_comes_first() -> None:
    problem = problem_of(DatabaseContent(TABLES, (), ("1_init",)))
    assert isinstance(problem, MigrationFailed)


def test_tables_of_something_else_are_foreign() -> None:
    problem = problem_of(DatabaseContent(frozenset({"a", "b", "c", "d"}), None))
    assert isinstance(problem, ForeignDatabase)
    assert "(a, b, c …)" in str(problem)


def test_another_projects_history_is_foreign() -> None:
    assert isinstance(problem_of(DatabaseContent(frozenset(), ("1_other",))), ForeignDatabase)


def test_migrations_are_listed_in_order(tmp_path: Path) -> None:
    for name in ("2_b", "1_a", "3_without_sql"):
        (tmp_path / name).mkdir()
        if not name.startswith("3"):
            (tmp_path / name / "migration.sql").touch()
    assert list_migrations(tmp_path) == ("1_a", "2_b")
    assert list_migrations(tmp_path / "nowhere") == ()
