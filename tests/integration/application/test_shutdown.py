"""SIGTERM and SIGINT in a program of its own, with a statement under way."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from lumi_db.config import child_environment

PROGRAM = Path(__file__).with_name("program_with_signals.py")


async def run_until(line: str, url: str, *arguments: str) -> asyncio.subprocess.Process:
    """Start the program and wait until it prints `line`."""
    changes = {"DATABASE_URL": url, "DATABASE_POOL_MIN": "1", "DATABASE_SHUTDOWN_MS": "20000"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(PROGRAM),
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=child_environment(changes),
    )
    assert process.stdout is not None
    seen = (await process.stdout.readline()).decode().strip()
    if seen != line:
        pytest.fail(f"{seen!r}: {(await process.communicate())[1].decode()}")
    return process


async def output_of(process: asyncio.subprocess.Process) -> str:
    async with asyncio.timeout(60):
        out, _ = await process.communicate()
    return out.decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_running_statement_ends_before_the_program_does(
    database_url: str, number: signal.Signals
) -> None:
    process = await run_until("running", database_url, "1.5")
    process.send_signal(number)
    assert "finished" in await output_of(process)
    assert process.returncode == -number if number is signal.SIGTERM else process.returncode != 0


async def test_a_statement_over_the_bound_is_cut_off(database_url: str) -> None:
    process = await run_until("running", database_url, "120", "300")
    process.send_signal(signal.SIGTERM)
    assert "finished" not in await output_of(process)
    assert process.returncode == -signal.SIGTERM


async def test_a_second_signal_ends_the_program_at_once(database_url: str) -> None:
    process = await run_until("running", database_url, "120")
    process.send_signal(signal.SIGTERM)
    await asyncio.sleep(0.5)
    assert process.returncode is None
    process.send_signal(signal.SIGTERM)
    assert "finished" not in await output_of(process)
    assert process.returncode == -signal.SIGTERM


async def test_a_handler_that_was_there_before_runs_after_closing(database_url: str) -> None:
    process = await run_until("running", database_url, "0.5", "20000", "own-handler")
    process.send_signal(signal.SIGTERM)
    assert (await output_of(process)).split("\n")[:2] == ["finished", "own handler, database open: False"]
    assert process.returncode == 7
