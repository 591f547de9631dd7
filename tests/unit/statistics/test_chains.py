"""Chains of locks that a test does not want to wait for."""

from __future__ import annotations

from lumi_db.statistics.locks import PREPARED, Blocked, chain


def session(pid: int, *blockers: int) -> Blocked:
    return Blocked(pid, "shop", "shop", None, "active", "", 1.0, 1.0, None, None, None, blockers)


def test_the_one_that_keeps_most_waiting_comes_first() -> None:
    trees = chain([session(1), session(2, 1), session(3), session(4, 3), session(5, 3)])
    assert [(one.session.pid, one.size) for one in trees] == [(3, 2), (1, 1)]


def test_who_stands_in_a_queue_hangs_below_the_one_before() -> None:
    [tree] = chain([session(1), session(5, 1), session(7, 1, 5), session(3, 1, 5, 7)])
    found = []
    while tree.waiting:
        [tree] = tree.waiting
        found.append(tree.session.pid)
    assert found == [5, 7, 3]


def test_a_deadlock_hangs_below_its_first_session_and_ends() -> None:
    [tree] = chain([session(7, 9), session(8, 7), session(9, 8)])
    assert (tree.session.pid, tree.size) == (7, 2)


def test_who_waits_for_a_deadlock_hangs_on_it() -> None:
    [tree] = chain([session(1, 2), session(2, 1), session(3, 2)])
    assert (tree.session.pid, tree.size) == (1, 2)


def test_a_prepared_transaction_is_ended_by_its_name() -> None:
    [tree] = chain([session(PREPARED), session(4, PREPARED)], prepared=["it's"])
    assert tree.sql == "ROLLBACK PREPARED 'it''s';"
