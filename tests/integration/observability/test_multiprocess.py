"""Several processes of one program answer with the sum of all, whichever of them is asked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lumi_db.config import child_environment

WORKER = """
import asyncio, sys
from lumi_db import Database, Settings
from lumi_db.observability.asgi import metrics_app

async def main() -> None:
    db = Database(Settings.load())
    db.expose_metrics()
    await db.open(verify=False)
    for _ in range(int(sys.argv[1])):
        await db.client.role.count()
    print("counted", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
    await metrics_app()(scope, receive, send)
    print(sent[1]["body"].decode(), flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await db.close()

asyncio.run(main())
"""


class Worker:
    """A process of the program, which counts roles `times` and answers when it is asked."""

    def __init__(self, times: int, *, url: str, folder: Path) -> None:
        environment = child_environment({"DATABASE_URL": url, "PROMETHEUS_MULTIPROC_DIR": str(folder)})
        self._process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(times)],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def has_counted(self) -> bool:
        assert self._process.stdout is not None
        return self._process.stdout.readline() == "counted\n"

    def ask(self) -> str:
        out, _ = self._process.communicate("\n\n", timeout=60)
        return out

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate(timeout=60)


def counted(text: str) -> list[str]:
    return re.findall(r'operation_duration_seconds_count\{action="count",model="Role"\} ([\d.]+)', text)


@pytest.mark.long
def test_two_processes_answer_with_the_sum_and_keep_what_a_killed_one_counted(
    database_url: str, tmp_path: Path
) -> None:
    first, second = (Worker(times, url=database_url, folder=tmp_path) for times in (3, 4))
    assert first.has_counted()
    assert second.has_counted()
    # `first` flushes by itself, within a second of the last call
    subprocess.run(["sleep", "1.5"], check=True)
    first.kill()
    text = second.ask()
    assert counted(text) == ["7.0"]
    assert re.search(r"^lumi_db_pool_connections_max [\d.]+$", text, re.MULTILINE)
