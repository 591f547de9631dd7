"""`lumi-db health` for probes and `lumi-db doctor` for people."""

from __future__ import annotations

import json

from .test_command_line import lumi_db

NOWHERE = "postgresql://shop:hunter2@127.0.0.1:1/shop"


def test_health_of_a_good_database_is_0(database_url: str) -> None:
    done = lumi_db("health", environment={"DATABASE_URL": database_url})
    assert (done.returncode, done.stderr) == (0, "")
    assert "It has every migration" in done.stdout


def test_health_names_what_is_wrong_and_ends_with_1(empty_database_url: str) -> None:
    done = lumi_db("health", "--json", environment={"DATABASE_URL": empty_database_url})
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["is_up"]) == (1, True)
    assert "lumi-db migrate up" in answer["problem"]


def test_health_of_no_server_is_1_and_shows_no_password() -> None:
    done = lumi_db("health", environment={"DATABASE_URL": NOWHERE})
    assert done.returncode == 1
    assert "Nothing answers at 127.0.0.1:1" in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


def test_the_doctor_finds_what_is_wrong_and_says_what_to_do(empty_database_url: str) -> None:
    lumi_db("migrate", "up", environment={"DATABASE_URL": empty_database_url})
    well = lumi_db("doctor", environment={"DATABASE_URL": empty_database_url})
    assert well.returncode == 0, well.stdout
    lost = lumi_db("doctor", environment={"DATABASE_URL": NOWHERE})
    assert lost.returncode == 1
    assert "Nothing answers at 127.0.0.1:1: start PostgreSQL there" in lost.stdout
    wrong = lumi_db("doctor", environment={"DATABASE_POOL_MAX": "many"})
    assert "DATABASE_POOL_MAX must be" in wrong.stdout + wrong.stderr


def test_psql_opens_on_the_database(database_url: str) -> None:
    done = lumi_db("db", "shell", "-Atc", "SELECT 6 * 7", environment={"DATABASE_URL": database_url})
    assert (done.returncode, done.stdout) == (0, "42\n")
