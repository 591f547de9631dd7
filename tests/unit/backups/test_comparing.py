"""What differs is found and named; names for databases are checked and cut."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from lumi_db.backups.comparing import without_limits
from lumi_db.backups.contents import Contents, Table, describe, find_differences
from lumi_db.backups.errors import RestoreRefused
from lumi_db.backups.properties import Properties
from lumi_db.backups.restoring import check_name
from lumi_db.backups.swapping import kept_name

WANTED = Contents(
    {"a": Table(2, "7"), "b": Table(1, "3")}, {"s": 10}, frozenset({"table r a", "index i"}), ()
)


def differences(found: Contents, *, until: int = 10, same_version: bool = True) -> list[str]:
    return find_differences(WANTED, found, sequences_until={"s": until}, same_version=same_version)


def test_the_same_contents_have_no_difference() -> None:
    assert differences(WANTED) == []


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"a": Table(1, "7"), "b": Table(1, "3")}, "a has 1 rows instead of 2"),
        ({"a": Table(2, "8"), "b": Table(1, "3")}, "rows of a differ"),
        ({"a": Table(2, "7")}, "table b is missing"),
        ({"a": Table(2, "7"), "b": Table(1, "3"), "c": Table(0, "0")}, "table c is new"),
    ],
)
def test_a_table_that_differs_is_named(tables: dict[str, Table], said: str) -> None:
    assert differences(Contents(tables, WANTED.sequences, WANTED.catalogue, ())) == [said]


@pytest.mark.parametrize(("last", "count"), [(9, 1), (10, 0), (12, 0), (13, 1)])
def test_a_sequence_may_have_gone_on_while_the_backup_was_taken(last: int, count: int) -> None:
    found = Contents(WANTED.tables, {"s": last}, WANTED.catalogue, ())
    assert len(differences(found, until=12)) == count


def test_between_versions_only_what_they_say_in_the_same_words_is_compared() -> None:
    found = Contents(WANTED.tables, WANTED.sequences, frozenset({"table r a", "index j"}), ())
    assert differences(found) == ["it lacks index i", "it also has index j"]
    assert differences(found, same_version=False) == []
    assert describe(["a", "b", "c", "d"]) == "a; b; c; and 1 more"


def test_a_replaced_database_keeps_its_name_with_the_time_within_what_postgresql_takes() -> None:
    at = datetime(2026, 11, 25, 5, 2, 9, tzinfo=UTC)
    assert kept_name("shop", at) == "shop_before_20261125_050209"
    assert len(kept_name("ş" * 31, at).encode()) <= 63
    assert kept_name("ş" * 31, at).endswith("ş_before_20261125_050209")


@pytest.mark.parametrize("name", ["", "a/b", "a\0b", "x" * 64, "template1"])
def test_a_name_that_no_database_can_have_is_refused(name: str) -> None:
    with pytest.raises(RestoreRefused, match="choose"):
        check_name(name)


def test_a_database_is_made_with_the_locale_of_the_one_it_replaces() -> None:
    libc = Properties("me", -1, "UTF8", "c", "C.UTF-8", "tr_TR.UTF-8", None)
    icu = Properties("me", -1, "UTF8", "i", "C", "C", "tr")
    assert libc.options.endswith("LC_COLLATE 'C.UTF-8' LC_CTYPE 'tr_TR.UTF-8' LOCALE_PROVIDER libc")
    assert icu.options.endswith("LOCALE_PROVIDER icu ICU_LOCALE 'tr'")


def test_a_time_limit_of_the_url_does_not_reach_statements_that_read_everything() -> None:
    url = "postgresql://me@h:1/shop?socket_timeout=5&options=-c%20role%3Downer"
    assert without_limits(url) == "postgresql://me@h:1/shop?options=-c+role%3Downer"
