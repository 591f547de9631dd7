"""`lumi-db metrics`: an exporter that starts, answers, and ends when it is told to."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from lumi_db.config import child_environment

from .test_command_line import lumi_db

AWAY = "postgresql://lumi:hunter2@127.0.0.1:1/shop"


def test_print_shows_all_of_them(database_url: str) -> None:
    shown = lumi_db("metrics", "print", environment={"DATABASE_URL": database_url})
    assert shown.returncode == 0, shown.stderr
    assert "\nlumi_db_server_up 1.0\n" in shown.stdout
    assert 'lumi_db_server_table_rows{table="Order"} 0.0' in shown.stdout


def test_print_ends_with_1_where_the_database_is_away_and_names_no_password() -> None:
    shown = lumi_db("metrics", "print", environment={"DATABASE_URL": AWAY})
    assert shown.returncode == 1
    assert shown.stdout.endswith("lumi_db_server_up 0.0\n")
    assert "hunter2" not in shown.stdout + shown.stderr


def test_a_port_that_is_taken_is_said_in_a_sentence(database_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        shown = lumi_db("metrics", "serve", "--port", f"{port}", environment={"DATABASE_URL": database_url})
    assert shown.returncode == 1
    assert f"127.0.0.1:{port} cannot be listened at (Address already in use): choose another" in shown.stderr


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_serve_answers_until_it_is_stopped(database_url: str, told: signal.Signals) -> None:
    command = [str(Path(sys.prefix) / "bin" / "lumi-db"), "metrics", "serve", "--port", "0"]
    environment = child_environment({"DATABASE_URL": database_url, "COLUMNS": "200"})
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr is not None
        found = re.search(r"http://127.0.0.1:\d+/metrics", program.stderr.readline())
        assert found is not None
        with urllib.request.urlopen(found[0], timeout=10) as answer:  # noqa: S310 - our own address
            assert b"lumi_db_server_up 1.0" in answer.read()
        program.send_signal(told)
        assert program.wait(timeout=10) == 0
        assert "Traceback" not in program.stderr.read()
