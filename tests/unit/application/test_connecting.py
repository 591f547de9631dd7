"""What is said when connecting fails, and where the address comes from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lumi_db import connecting, embedded
from lumi_db.config import Settings
from lumi_db.connecting import FAILURES, explain, find_url
from lumi_db.engine import EngineError
from lumi_db.errors import ConfigError, DatabaseUnavailable, ServerTooOld

SECRET = "hunter2"
URL = f"postgresql://clerk:{SECRET}@db.example:5433/shop"


@pytest.mark.parametrize("code", sorted(FAILURES))
def test_every_failure_is_one_sentence_without_the_password(root: Path, code: str) -> None:
    said = explain(EngineError(code, "as the driver says"), url=URL, settings=Settings.load(root))
    assert type(said) is FAILURES[code][0]
    assert re.fullmatch(r"[A-Z][^\n{}]+: [^\n{}]+\.", str(said))
    assert SECRET not in str(said)


def test_only_what_may_pass_is_tried_again() -> None:
    again = {code for code, (kind, _) in FAILURES.items() if issubclass(kind, DatabaseUnavailable)}
    assert again == {"P1001", "P1002", "P1017", "P2037"}


def test_a_server_that_is_starting_is_not_called_absent(root: Path) -> None:
    said = explain(EngineError("P1001", "", {"sqlstate": "57P03"}), url=URL, settings=Settings.load(root))
    assert str(said) == (
        "The PostgreSQL server at db.example:5433 is starting or stopping: try again in a moment."
    )


@pytest.mark.parametrize("code", ["P1001", "P1011"])
def test_what_the_driver_knows_better_is_said_in_its_words(root: Path, code: str) -> None:
    told = "The server at db.example:5433 does not let user clerk in without TLS: set sslmode=require."
    said = explain(EngineError(code, "", {"details": told}), url=URL, settings=Settings.load(root))
    assert (type(said), str(said)) == (FAILURES[code][0], told)


def test_a_server_that_is_too_old_is_named_with_its_version(root: Path) -> None:
    error = EngineError("P1015", "", {"database_version": "14.2"})
    said = explain(error, url=URL, settings=Settings.load(root))
    assert type(said) is ServerTooOld
    assert "runs PostgreSQL 14.2, which is too old: use version 15 or newer" in str(said)


def test_other_errors_are_not_explained_away(root: Path) -> None:
    assert explain(ZeroDivisionError(), url=URL, settings=Settings.load(root)) is None
    assert explain(EngineError("P2002", ""), url=URL, settings=Settings.load(root)) is None


def test_a_url_that_the_driver_refuses_is_a_setting(root: Path) -> None:
    error = EngineError("P1013", "", {"details": "its port is odd"})
    said = explain(error, url=URL, settings=Settings.load(root))
    assert isinstance(said, ConfigError)
    assert said.variables == ("DATABASE_URL",)


def test_the_address_is_that_of_the_settings(root: Path) -> None:
    assert find_url(Settings.load(root, database_url=URL)) == URL


def test_without_address_and_server_the_remedies_are_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "project_root", lambda: root)
    assert embedded.find(root) is None
    with pytest.raises(ConfigError, match=r"set DATABASE_URL, here or in \.env, or run `make demo`"):
        find_url(Settings.load(root))
