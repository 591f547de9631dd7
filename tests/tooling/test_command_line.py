"""`lumi-db` teaches, and says every failure in one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lumi_db.config import child_environment, project_root

ROOT = project_root()
LUMI_DB = Path(sys.prefix) / "bin" / "lumi-db"


def lumi_db(
    *arguments: str, cwd: Path = ROOT, environment: dict[str, str | None] | None = None
) -> subprocess.CompletedProcess[str]:
    changes = {"DATABASE_URL": None, "COLUMNS": "100", **(environment or {})}
    return subprocess.run(
        [LUMI_DB, *arguments], cwd=cwd, env=child_environment(changes), capture_output=True, text=True
    )


def test_help_names_the_commands_and_what_to_try_first() -> None:
    said = lumi_db("--help").stdout
    for word in ("demo", "prisma", "version", "db", "Try first", "make demo", "DATABASE_URL"):
        assert word in said


def test_without_a_command_help_is_shown() -> None:
    assert "Try first" in lumi_db().stdout


def test_an_unknown_command_is_wrong_usage() -> None:
    done = lumi_db("nonsense")
    assert done.returncode == 2
    assert "No such command 'nonsense'" in done.stderr


def test_python_m_lumi_db_is_the_same_command() -> None:
    command = [sys.executable, "-m", "lumi_db", "version"]
    assert subprocess.run(command, capture_output=True, text=True).stdout == lumi_db("version").stdout


def test_version_says_what_is_installed() -> None:
    said = lumi_db("version").stdout
    assert "6.19.3" in said
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in said


@pytest.mark.parametrize("command", [("db", "url"), ("db", "status"), ("demo",)])
def test_a_malformed_url_is_one_sentence_that_does_not_quote_it(command: tuple[str, ...]) -> None:
    done = lumi_db(*command, environment={"DATABASE_URL": "mysql://me:hunter2@host/db"})
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "hunter2" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unreachable_server_is_one_sentence() -> None:
    environment: dict[str, str | None] = {
        "DATABASE_URL": "postgresql://lumi:hunter2@127.0.0.1:1/lumi",
        "DATABASE_CONNECT_RETRY_MS": "0",
    }
    done = lumi_db("demo", environment=environment)
    assert done.returncode == 1
    assert "Nothing answers at" in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr


def test_the_url_of_the_environment_wins() -> None:
    url = "postgresql://me@example.test/shop"
    assert lumi_db("db", "url", environment={"DATABASE_URL": url}).stdout == f"{url}\n"


def test_status_shows_no_password() -> None:
    said = lumi_db(
        "db", "status", environment={"DATABASE_URL": "postgresql://me:hunter2@example.test/shop"}
    ).stdout
    assert said == "The server of DATABASE_URL: example.test/shop\n"


def test_a_bug_is_one_sentence_and_its_traceback_is_kept(root: Path) -> None:
    code = (
        "from pathlib import Path; import lumi_db.cli as cli, lumi_db.cli.failures as failures\n"
        f"failures.project_root = lambda: Path({str(root)!r})\n"
        "from lumi_db.cli import version\n"
        "def fail(): raise RuntimeError('of our own')\n"
        "version.version = fail\n"
        "cli.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, "version"], capture_output=True, text=True)
    assert done.returncode == 3
    assert done.stderr.startswith("✗ This is a bug of lumi-db (RuntimeError): please report it with")
    assert "of our own" in (root / ".lumi" / "error.log").read_text()


def test_deleting_asks_first() -> None:
    command: list[str | Path] = [LUMI_DB, "db", "delete"]
    done = subprocess.run(command, input="n\n", capture_output=True, text=True)
    assert done.returncode == 130
    assert "Delete the demo's database" in done.stdout + done.stderr
