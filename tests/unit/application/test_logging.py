"""Who may write to stderr: programs that asked for it, from LOG_LEVEL up, without the values of variables."""

from __future__ import annotations

import subprocess
import sys


def stderr_of(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr


FAIL = """
from loguru import logger
from lumi_db import Settings, configure_logging
from lumi_db.engine import OperationEvent
from lumi_db.observability import QueryLog

def use(password):
    QueryLog(slow_query_ms=0).on_operation(OperationEvent("User", "create", 0.1, 1, "P2002", "taken"))
    return 1 / len(password.strip(password))
"""


def test_nothing_is_written_before_the_program_asks() -> None:
    assert stderr_of(f"{FAIL}\ntry: use('hunter2')\nexcept ZeroDivisionError: pass") == ""


def test_a_program_that_asks_sees_messages_from_its_level_up() -> None:
    calls = "try: use('hunter2')\nexcept ZeroDivisionError: pass\nlogger.info('not this')"
    said = stderr_of(f"{FAIL}\nconfigure_logging(Settings(log_level='WARNING'))\n{calls}")
    assert said.count("User.create failed with P2002") == 1
    assert "not this" not in said


def test_a_logged_exception_does_not_show_the_values_of_variables() -> None:
    calls = "secret = 'hunt' + 'er2'\ntry: use(secret)\nexcept ZeroDivisionError: logger.exception('failed')"
    said = stderr_of(f"{FAIL}\nconfigure_logging(Settings())\n{calls}")
    assert "ZeroDivisionError" in said
    assert "hunter2" not in said
