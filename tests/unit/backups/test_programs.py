"""Which programs are chosen, what they are told, and what of their words is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from lumi_db.backups.errors import BackupError
from lumi_db.backups.programs import database_argument, environment_of, shorten
from lumi_db.embedded.clients import Clients, find_clients, list_folders
from lumi_db.embedded.errors import ProgramsMissingError

URL = "postgresql://me:p%40ss@db.test:6543/shop?schema=public&connection_limit=3&sslmode=verify-full&sslrootcert=/ca.pem"
SCRIPT = """#!/bin/sh
case "$1" in --version) echo "pg_dump (PostgreSQL) {version}";; *) echo '{says}' >&2; exit 1;; esac
"""


def make_programs(folder: Path, version: str, *, has_tls: bool = True) -> Path:
    """Make a folder with a pg_dump that knows its version, and whether it has TLS."""
    folder.mkdir()
    says = (
        "no such host" if has_tls else 'sslmode value "require" invalid when SSL support is not compiled in'
    )
    program = folder / "pg_dump"
    program.write_text(SCRIPT.format(version=version, says=says))
    program.chmod(0o755)
    return folder


def test_the_password_goes_by_the_environment_and_prismas_parameters_stay_behind() -> None:
    environment = {name: value for name, value in environment_of(URL).items() if value is not None}
    assert environment["PGPASSWORD"] == "p@ss"
    assert (environment["PGHOST"], environment["PGPORT"], environment["PGUSER"]) == ("db.test", "6543", "me")
    assert (environment["PGSSLMODE"], environment["PGSSLROOTCERT"]) == ("verify-full", "/ca.pem")
    assert not {value for value in environment.values() if "schema" in value or "limit" in value}


def test_a_socket_several_hosts_and_options_are_understood() -> None:
    url = "postgresql://me@localhost/shop?host=/run/postgresql&options=-c%20role%3Downer"
    assert environment_of(url)["PGHOST"] == "/run/postgresql"
    assert environment_of(url)["PGOPTIONS"] == "-c role=owner"
    assert environment_of("postgresql://me@a:1,b:2/shop")["PGPORT"] == "1,2"


def test_a_database_whose_name_looks_like_a_connection_string_stays_a_name() -> None:
    assert database_argument("postgresql://me@h/host%3Devil%27") == r"--dbname=dbname='host=evil\''"


def test_a_key_with_a_password_is_one_sentence() -> None:
    with pytest.raises(BackupError, match="name a key file without a password"):
        environment_of("postgresql://me@h/shop?sslcert=/c&sslkey=/k&sslpassword=hunter2")


def test_what_a_program_says_is_shown_without_statements_and_rows() -> None:
    said = (
        'pg_restore: error: could not execute query: ERROR:  relation "a" exists\n'
        "DETAIL:  Key (email)=(ada@example.com)\nCommand was: CREATE TABLE a (id int);\n"
        "pg_restore: error: second\npg_restore: error: third\npg_restore: error: fourth\n"
    )
    assert shorten(said) == 'could not execute query: ERROR:  relation "a" exists / second / third'
    assert shorten("") == "nothing was said"
    assert shorten("Segmentation fault\n") == "Segmentation fault"


def test_programs_of_the_servers_version_are_taken_else_the_next_newer(tmp_path: Path) -> None:
    folders = [make_programs(tmp_path / version, version) for version in ("18.6", "15.2", "17.1")]
    chosen = [find_clients("pg_dump", server=server, candidates=folders) for server in (15, 16, 17, 18)]
    assert [one.version for one in chosen] == ["15.2", "17.1", "17.1", "18.6"]


def test_programs_that_are_older_than_the_server_are_one_sentence(tmp_path: Path) -> None:
    folder = make_programs(tmp_path / "old", "15.18 (Debian 15.18-0)")
    with pytest.raises(
        ProgramsMissingError, match=r"newest pg_dump here is of 15\.18: .*postgresql-client-18"
    ):
        find_clients("pg_dump", server=18, candidates=[folder])


def test_no_programs_at_all_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProgramsMissingError, match=r"There is no pg_dump and pg_restore .*apt install"):
        find_clients("pg_dump", "pg_restore", server=16, candidates=[tmp_path])


def test_where_the_connection_has_tls_programs_without_are_passed_over(tmp_path: Path) -> None:
    without = make_programs(tmp_path / "wheel", "18.6", has_tls=False)
    machine = make_programs(tmp_path / "machine", "18.1")
    chosen = find_clients("pg_dump", server=18, needs_tls=True, candidates=[without, machine])
    assert chosen.folder == machine
    with pytest.raises(ProgramsMissingError, match="uses TLS, which .* cannot: install"):
        find_clients("pg_dump", server=18, needs_tls=True, candidates=[without])


def test_the_programs_of_this_machine_are_found() -> None:
    assert find_clients("pg_dump", "pg_restore", server=15, candidates=list_folders()).major >= 15
    assert Clients(Path("/x"), "19beta1").major == 19
