"""A real Prometheus scrapes a real program and the server, is asked for the numbers, and raises an alert."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lumi_db import embedded
from lumi_db.config import child_environment, project_root
from tests.tooling.conftest import root
from tests.tooling.test_command_line import lumi_db
from tools.dashboard import list_queries

__all__ = ["root"]

pytestmark = pytest.mark.long

FOLDER = project_root() / "monitoring" / "prometheus"
LIMIT = 60.0
PROGRAM = """
import asyncio, sys
from prometheus_client import start_http_server
from lumi_db import Database, ConflictError

async def main():
    db = Database()
    db.expose_metrics()
    server, _ = start_http_server(0, "127.0.0.1")
    await db.open()
    for _ in range(40):
        await db.client.role.find_many()
    await db.client.role.create({"name": "CLERK"})
    try:
        await db.client.role.create({"name": "CLERK"})
    except Exception:
        pass
    print(server.server_port, flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await db.close()

asyncio.run(main())
"""
CONFIG = """
global: {{scrape_interval: 1s, evaluation_interval: 1s, scrape_timeout: 1s}}
rule_files: [{rules}]
scrape_configs:
  - job_name: program
    static_configs: [{{targets: ['127.0.0.1:{program}']}}]
  - job_name: server
    static_configs: [{{targets: ['127.0.0.1:{exporter}']}}]
"""


def need(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        # .ci/run installs it, and there a skip is a failure
        pytest.skip(f"{name} is not there: Debian has it as prometheus")
    return found


def test_promtool_finds_the_rules_right_and_each_alert_does_as_its_test_says() -> None:
    promtool = need("promtool")
    for command in (("check", "rules", "alerts.yml"), ("test", "rules", "alerts_test.yml")):
        done = subprocess.run([promtool, *command], cwd=FOLDER, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "SUCCESS" in done.stdout


class Prometheus:
    """A running Prometheus, asked over its HTTP API."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}/api/v1"

    def ask(self, path: str, **parameters: str) -> Any:
        url = f"{self._base}/{path}?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own address
            return json.load(answer)["data"]

    def value(self, query: str) -> float | None:
        found = self.ask("query", query=query)["result"]
        return float(found[0]["value"][1]) if found else None

    def wait_for(self, query: str, is_right: Callable[[float | None], bool]) -> float | None:
        """Wait until a query has the value, and return it."""
        until, value = time.monotonic() + LIMIT, None
        while time.monotonic() < until:
            try:
                value = self.value(query)
            except OSError:
                value = None
            if is_right(value):
                return value
            time.sleep(0.2)
        raise AssertionError(f"{query} is {value}")


@contextmanager
def running(command: list[str], environment: dict[str, str], *, port_in: str) -> Iterator[int]:
    """Give the port that a program says in the first line of its stdout or stderr."""
    with subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as program:
        assert program.stdout is not None
        try:
            said = []
            for line in program.stdout:
                said.append(line)
                if found := re.search(port_in, line):
                    yield int(found[1])
                    break
            else:
                raise AssertionError(f"it said no port: {said}")
        finally:
            program.kill()


@contextmanager
def prometheus(folder: Path, *, program: int, exporter: int) -> Iterator[Prometheus]:
    rules = re.sub(r"for: \S+", "for: 0s", (FOLDER / "alerts.yml").read_text(encoding="utf-8"))
    (folder / "rules.yml").write_text(rules, encoding="utf-8")
    config = CONFIG.format(rules=folder / "rules.yml", program=program, exporter=exporter)
    (folder / "prometheus.yml").write_text(config, encoding="utf-8")
    command = [
        need("prometheus"), f"--config.file={folder / 'prometheus.yml'}", f"--storage.tsdb.path={folder / 'data'}",
        "--web.listen-address=127.0.0.1:0",
    ]  # fmt: skip
    # it says at which port it listens
    with running(command, child_environment(), port_in=r"address=127\.0\.0\.1:([1-9]\d*)") as port:
        yield Prometheus(port)


def test_it_tells_what_was_run_raises_alerts_and_sees_the_database_go_and_come(
    root: Path, tmp_path: Path
) -> None:
    need("prometheus")
    server = embedded.start(root, settings=embedded.FAST)
    environment = child_environment({"DATABASE_URL": server.url, "COLUMNS": "200"})
    assert lumi_db("migrate", "up", environment={"DATABASE_URL": server.url}).returncode == 0
    serve = [str(Path(sys.prefix) / "bin" / "lumi-db"), "metrics", "serve", "--port", "0"]
    with (
        running([sys.executable, "-c", PROGRAM], environment, port_in=r"^(\d+)$") as program,
        running(serve, environment, port_in=r":(\d+)/metrics") as exporter,
        prometheus(tmp_path, program=program, exporter=exporter) as asked,
    ):
        found = 'lumi_db_operation_duration_seconds_count{model="Role", action="find_many"}'
        asked.wait_for(found, lambda value: value == 40)
        assert asked.value('lumi_db_operation_errors_total{model="Role", code="P2002"}') == 1
        assert asked.value("lumi_db_pool_connections_max") == 20
        asked.wait_for("lumi_db_server_up", lambda value: value == 1)
        assert asked.value('lumi_db_server_table_rows{table="Role"}') is not None
        for query in list_queries():
            asked.ask("query", query=query.replace("$__rate_interval", "1m"))
        assert {rule["health"] for group in asked.ask("rules")["groups"] for rule in group["rules"]} <= {
            "ok",
            "unknown",
        }
        lumi_db("migrate", "down", environment={"DATABASE_URL": server.url})
        asked.wait_for(
            'ALERTS{alertname="LumiMigrationsPending", alertstate="firing"}', lambda value: value == 1
        )
        embedded.stop(root)
        asked.wait_for("lumi_db_server_up", lambda value: value == 0)
        asked.wait_for('ALERTS{alertname="LumiDatabaseDown", alertstate="firing"}', lambda value: value == 1)
        embedded.start(root, settings=embedded.FAST)
        asked.wait_for("lumi_db_server_up", lambda value: value == 1)
        asked.wait_for('ALERTS{alertname="LumiDatabaseDown"}', lambda value: value is None)
