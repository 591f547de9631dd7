"""What a person sees of a run."""

from __future__ import annotations

import io
import json

import pytest
from pydantic import SecretStr
from rich.console import Console
from typer.testing import CliRunner

from seed.cli import app
from seed.report import LiveProgress, as_dict, show
from seed.runner import SeedResult
from seed.writer import PartResult

PARTS = (PartResult("access", 70, 0, 0.01), PartResult("users", 1200, 3, 0.02))
NEW = SeedResult("demo", PARTS, 0.5, SecretStr("made-up-[b]"))
OLD = SeedResult("demo", (PartResult("access", 0, 70, 0.01),), 0.1)


def _shown(result: SeedResult, *, is_terminal: bool) -> str:
    page = io.StringIO()
    show(Console(file=page, force_terminal=is_terminal, color_system=None, width=120), result)
    return page.getvalue()


def test_a_terminal_gets_a_table_with_the_sum_of_all_parts() -> None:
    text = _shown(NEW, is_terminal=True)
    assert "There already" in text
    assert "1,270" in text
    assert "Created 1,270 rows in 0.50 s, 2,540 a second, 3 were there and stay as they are." in text


def test_a_file_gets_a_line_a_part() -> None:
    assert _shown(NEW, is_terminal=False).startswith(
        "access: 70 created, 0 there, 0.01 s\nusers: 1200 created"
    )


def test_a_password_that_was_made_up_is_shown_as_it_is() -> None:
    assert "shown only now: made-up-[b]" in _shown(NEW, is_terminal=False)
    assert "password" not in _shown(OLD, is_terminal=False)


def test_a_run_with_nothing_to_do_says_so() -> None:
    assert "Nothing to do: all 70 rows were there, and none was changed." in _shown(OLD, is_terminal=False)


def test_the_result_as_json_has_plain_values() -> None:
    assert json.loads(json.dumps(as_dict(NEW)))["parts"][1] == {
        "name": "users",
        "created": 1200,
        "existing": 3,
        "changed": 0,
        "seconds": 0.02,
    }
    assert as_dict(OLD)["adminPassword"] is None


def test_the_representation_of_a_result_shows_no_password() -> None:
    assert "made-up" not in repr(NEW)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_waiting_is_said_once(is_terminal: bool) -> None:
    page = io.StringIO()
    with LiveProgress(Console(file=page, force_terminal=is_terminal, width=100)) as live:
        live.advance("users", 1, 3)
        live.say_waiting()
        live.say_waiting()
    assert page.getvalue().count("Another seed is writing") == 1


def test_the_list_names_the_profiles() -> None:
    done = CliRunner().invoke(app, ["--list"])
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["demo", "dev", "qa", "prod"]


def test_the_help_teaches() -> None:
    done = CliRunner().invoke(app, ["--help"])
    assert done.exit_code == 0
    assert "python -m seed --list" in done.stdout
