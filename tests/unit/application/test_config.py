"""Settings come from the environment and `.env`; what is wrong is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from lumi_db.config import Settings, child_environment, find_url_problem, list_variables, project_root
from lumi_db.errors import ConfigError

SECRET = "hunter2hunter2"
URL = f"postgresql://lumi:{SECRET}@localhost:5432/lumi"


def test_the_defaults_are_those_of_the_documentation(root: Path) -> None:
    settings = Settings.load(root)
    assert settings.database_url is None
    assert (settings.database_pool_min, settings.database_pool_max) == (5, 20)
    assert settings.database_connect_timeout_ms == 5_000
    assert settings.slow_query_ms == 200
    assert settings.lumi_env == "development"
    assert settings.log_level == "INFO"


def test_the_environment_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.setenv("LUMI_ENV", "Production")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    settings = Settings.load(root)
    assert settings.database_url == SecretStr(URL)
    assert (settings.lumi_env, settings.log_level) == ("production", "DEBUG")


def test_a_dotenv_is_read_and_the_environment_wins(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / ".env").write_text(
        "DATABASE_POOL_MIN=1\nDATABASE_POOL_MAX=7\nSOMETHING_ELSE=1\n", encoding="utf-8"
    )
    monkeypatch.setenv("DATABASE_POOL_MIN", "2")
    settings = Settings.load(root)
    assert (settings.database_pool_min, settings.database_pool_max) == (2, 7)


def test_an_argument_wins_over_both(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_POOL_MAX", "9")
    assert Settings.load(root, database_pool_max=11).database_pool_max == 11


def test_an_empty_variable_counts_as_unset(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("QUERY_TIMEOUT_MS", "")
    settings = Settings.load(root)
    assert settings.database_url is None
    assert settings.query_timeout_ms == 30_000


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        (
            "DATABASE_POOL_MAX",
            "many",
            "DATABASE_POOL_MAX must be a whole number of connections from 1 to 1000, not 'many'.",
        ),
        (
            "DATABASE_POOL_MAX",
            "0",
            "DATABASE_POOL_MAX must be a whole number of connections from 1 to 1000, not '0'.",
        ),
        (
            "DATABASE_POOL_MIN",
            "-1",
            "DATABASE_POOL_MIN must be a whole number of connections from 0 to 1000, not '-1'.",
        ),
        (
            "DATABASE_POOL_MIN",
            "21",
            (
                "DATABASE_POOL_MIN (21) is greater than DATABASE_POOL_MAX (20): "
                "lower the one or raise the other."
            ),
        ),
        (
            "SLOW_QUERY_MS",
            "0.2",
            "SLOW_QUERY_MS must be a whole number of milliseconds from 0 to 2147483647, not '0.2'.",
        ),
        ("LUMI_ENV", "prod", "LUMI_ENV must be development, test or production, not 'prod'."),
        (
            "LOG_LEVEL",
            "loud",
            "LOG_LEVEL must be TRACE, DEBUG, INFO, SUCCESS, WARNING, ERROR or CRITICAL, not 'LOUD'.",
        ),
        ("LUMI_ADMIN_PASSWORD", "short", "LUMI_ADMIN_PASSWORD must be 8 to 72 bytes long."),
        ("LUMI_ADMIN_PASSWORD", "ş" * 37, "LUMI_ADMIN_PASSWORD must be 8 to 72 bytes long."),
        (
            "DATABASE_URL",
            f"mysql://lumi:{SECRET}@localhost/lumi",
            (
                "DATABASE_URL is invalid: it must start with postgresql:// or postgres://, "
                "as in postgresql://user:password@localhost:5432/database."
            ),
        ),
        (
            "TEST_DATABASE_URL",
            f"postgresql://lumi:{SECRET}@localhost",
            (
                "TEST_DATABASE_URL is invalid: it names no database after the host, "
                "as in postgresql://user:password@localhost:5432/database."
            ),
        ),
    ],
)
def test_a_wrong_variable_is_one_sentence_with_its_name(
    root: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigError) as caught:
        Settings.load(root)
    assert str(caught.value) == sentence


def test_several_wrong_variables_have_a_line_each(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUERY_TIMEOUT_MS", "soon")
    monkeypatch.setenv("LUMI_ENV", "prod")
    with pytest.raises(ConfigError) as caught:
        Settings.load(root)
    assert caught.value.variables == ("QUERY_TIMEOUT_MS", "LUMI_ENV")
    assert [line.split()[0] for line in str(caught.value).splitlines()] == ["QUERY_TIMEOUT_MS", "LUMI_ENV"]


def test_a_dotenv_that_is_no_text_is_named_and_not_quoted(root: Path) -> None:
    (root / ".env").write_bytes(b"DATABASE_URL=\xff\xfe" + SECRET.encode())
    with pytest.raises(ConfigError, match=r"\.env cannot be read: make it a readable text file") as caught:
        Settings.load(root)
    assert SECRET not in str(caught.value)


def test_no_secret_shows_in_settings_or_their_errors(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    monkeypatch.setenv("LUMI_ADMIN_PASSWORD", SECRET)
    settings = Settings.load(root)
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    monkeypatch.setenv("DATABASE_URL", URL.replace("5432", "port"))
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert SECRET not in f"{caught.value!r} {caught.value}"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://lumi@localhost/lumi",
        "postgres://lumi:p%40ss@[::1]:5433/lumi?schema=shop&connection_limit=5",
        "postgresql://lumi@localhost/lumi?host=/run/postgresql",
        "postgresql://lumi@%2Frun%2Fpostgresql/lumi",
    ],
)
def test_addresses_in_use_are_accepted(url: str) -> None:
    assert find_url_problem(url) is None


@pytest.mark.parametrize(
    "url",
    ["", "lumi", "postgresql://", f"postgresql://lumi:{SECRET}@h:70000/x", f"postgresql://u:{SECRET}#@h/x"],
)
def test_a_malformed_address_is_described_without_quoting_it(url: str) -> None:
    problem = find_url_problem(url)
    assert problem
    assert SECRET not in problem


def test_settings_do_not_change(root: Path) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings.load(root).database_pool_max = 3


def test_every_variable_is_described() -> None:
    for variable in list_variables():
        assert variable.description.endswith(".")
        assert variable.expects
    assert {variable.name for variable in list_variables() if variable.is_secret} == {
        "DATABASE_URL",
        "DIRECT_URL",
        "TEST_DATABASE_URL",
        "LUMI_ADMIN_PASSWORD",
    }


def test_a_child_gets_the_environment_with_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEPT", "1")
    monkeypatch.setenv("GONE", "1")
    child = child_environment({"GONE": None, "NEW": "2"})
    assert (child["KEPT"], child["NEW"], child.get("GONE")) == ("1", "2", None)


def test_the_project_root_has_the_schema() -> None:
    assert (project_root() / "schema.prisma").is_file()
