"""Settings from the environment and from `.env`: the only module that reads either."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from lumi_db.errors import ConfigError, SetupError
from lumi_db.rules import ShopRules

URL_EXAMPLE = "postgresql://user:password@localhost:5432/lumi"
BCRYPT_BYTES = 72
MOST_CONNECTIONS = 1_000
LONGEST_MINUTES = 525_600
LONGEST_DAYS = 3_650
LONGEST_MS = 2_147_483_647  # what PostgreSQL's own time limits can hold


def _expects(what: str) -> Any:
    """Describe the valid values; a message says "DATABASE_POOL_MAX must be <what>"."""
    return Field(json_schema_extra={"expects": what})


def _whole(least: int, most: int, unit: str) -> Any:
    expects = f"a whole number of {unit} from {least} to {most}"
    return Field(ge=least, le=most, json_schema_extra={"expects": expects})


Address = Annotated[SecretStr | None, _expects(f"an address like {URL_EXAMPLE}")]
Connections = Annotated[int, _whole(0, MOST_CONNECTIONS, "connections")]
Milliseconds = Annotated[int, _whole(0, LONGEST_MS, "milliseconds")]
Environment = Literal["development", "test", "production"]
SqlComments = Literal["off", "calls", "traces"]
LogLevel = Literal["TRACE", "DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL"]


class Settings(BaseSettings):
    """All settings of lumi_db; each field is the variable of the same name in capitals.

    `Settings.load()` reads the environment, then `.env`, and raises `ConfigError`; the constructor takes
    values, then the environment, and raises pydantic's `ValidationError`.
    """

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    database_url: Address = Field(
        default=None, description="PostgreSQL 15 or newer. Unset: the server of `make demo`."
    )
    direct_url: Address = Field(
        default=None,
        description="The same database without PgBouncer between, for migrations and backups. "
        "Unset: DATABASE_URL.",
    )
    test_database_url: Address = Field(
        default=None,
        description="A server on which tests may create and drop databases. Unset: Docker where it answers, "
        "else a server of their own.",
    )
    database_pool_min: Connections = Field(default=5, description="Connections that stay open when idle.")
    database_pool_max: Annotated[int, _whole(1, MOST_CONNECTIONS, "connections")] = Field(
        default=20, description="Connections at most, in each process."
    )
    database_connect_timeout_ms: Annotated[int, _whole(1, LONGEST_MS, "milliseconds")] = Field(
        default=5_000, description="How long one attempt to connect may take."
    )
    database_connect_retry_ms: Milliseconds = Field(
        default=10_000,
        description="How long opening tries again while the server is unreachable, starting or full. "
        "0: one attempt.",
    )
    database_leak_ms: Milliseconds = Field(
        default=30_000,
        description="How long a transaction may hold its connection before a warning names the line that took it. "
        "0: no warning.",
    )
    database_shutdown_ms: Milliseconds = Field(
        default=10_000,
        description="How long running queries may take to end when the program is told to stop; "
        "then they are cut off.",
    )
    query_timeout_ms: Milliseconds = Field(
        default=30_000,
        description="How long a statement may run before PostgreSQL cancels it. 0: no limit.",
    )
    slow_query_ms: Milliseconds = Field(
        default=200, description="A statement that takes longer is logged as slow. 0: every statement."
    )
    slow_query_dir: Annotated[Path | None, _expects("a folder")] = Field(
        default=None,
        description="Where programs keep the worst of their slow queries for `lumi-db queries slow`. "
        "Unset: .lumi/slow-queries in the project or working directory.",
    )
    repeated_queries: Annotated[int, _whole(0, 1_000_000, "statements")] = Field(
        default=10,
        description="How often one line may send the same read in a row before a warning names it, "
        "in development. 0: no warning.",
    )
    sql_comments: Annotated[SqlComments, _expects("off, calls or traces")] = Field(
        default="off",
        description="Whether SQL ends in a comment that says whose it is: application, model and action (calls), or "
        "the trace besides (traces), with which each statement is parsed anew.",
    )
    lumi_env: Annotated[Environment, _expects("development, test or production")] = Field(
        default="development",
        description="Where this runs. In production nothing is seeded but `prod`, and nothing is reset "
        "without `--yes`.",
    )
    lumi_admin_password: Annotated[SecretStr | None, _expects(f"8 to {BCRYPT_BYTES} bytes long")] = Field(
        default=None,
        description="What seeding makes the password of admin@lumi.com. Unset: one is made up and "
        "shown once; the profile `prod` needs it set.",
    )
    tax_rate: Annotated[Decimal, Field(ge=0, le=1, json_schema_extra={"expects": "a rate from 0 to 1"})] = (
        Field(default=Decimal("0.20"), description="The tax that prices contain: 0.20 is twenty per cent.")
    )
    order_ttl_minutes: Annotated[int, _whole(1, LONGEST_MINUTES, "minutes")] = Field(
        default=60, description="How long an order may stay unpaid before a sweep cancels it."
    )
    cart_ttl_days: Annotated[int, _whole(1, LONGEST_DAYS, "days")] = Field(
        default=30, description="How long a cart is kept after its last change."
    )
    session_ttl_days: Annotated[int, _whole(1, LONGEST_DAYS, "days")] = Field(
        default=30, description="How long a signed-in device stays signed in without being used."
    )
    login_attempts: Annotated[int, _whole(1, 1_000, "failed logins")] = Field(
        default=5, description="How many failed logins in a row lock an account."
    )
    login_lockout_minutes: Annotated[int, _whole(1, LONGEST_MINUTES, "minutes")] = Field(
        default=15, description="How long it is locked then."
    )
    log_level: Annotated[LogLevel, _expects("TRACE, DEBUG, INFO, SUCCESS, WARNING, ERROR or CRITICAL")] = (
        Field(default="INFO", description="The least severe messages that commands write to stderr.")
    )

    @classmethod
    def load(cls, root: Path | None = None, **overrides: Any) -> Self:
        """Read the environment, then `.env` in `root` (default: the project's); `overrides` win over both.

        Raises `ConfigError` with one sentence for each variable that is wrong.
        """
        env_file = (root or project_root()) / ".env"
        read: Callable[..., Self] = cls  # type checkers know only the fields as arguments
        try:
            return read(_env_file=env_file if env_file.exists() else None, **overrides)
        except ValidationError as error:
            raise _config_error(error) from None
        except (OSError, UnicodeDecodeError, SettingsError):
            # The cause may quote a line of the file, so it goes no further.
            raise ConfigError(f"{env_file} cannot be read: make it a readable text file in UTF-8.") from None

    @property
    def rules(self) -> ShopRules:
        """What of this the repositories and workflows go by."""
        return ShopRules(
            tax_rate=self.tax_rate,
            order_ttl=timedelta(minutes=self.order_ttl_minutes),
            cart_ttl=timedelta(days=self.cart_ttl_days),
            session_ttl=timedelta(days=self.session_ttl_days),
            login_attempts=self.login_attempts,
            login_lockout=timedelta(minutes=self.login_lockout_minutes),
        )

    @field_validator("log_level", "lumi_env", "sql_comments", mode="before")
    @classmethod
    def _accept_any_case(cls, value: object, info: Any) -> object:
        if not isinstance(value, str):
            return value
        return value.strip().upper() if info.field_name == "log_level" else value.strip().lower()

    @field_validator("database_url", "direct_url", "test_database_url")
    @classmethod
    def _check_url(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and (problem := find_url_problem(value.get_secret_value())):
            raise PydanticCustomError("url", "{problem}", {"problem": problem})
        return value

    @field_validator("lumi_admin_password")
    @classmethod
    def _check_password(cls, value: SecretStr | None) -> SecretStr | None:
        # bcrypt reads 72 bytes; a longer password is refused rather than cut.
        if value is not None and not 8 <= len(value.get_secret_value().encode()) <= BCRYPT_BYTES:
            raise PydanticCustomError(
                "password_length", "must be {expects}", {"expects": "of another length"}
            )
        return value

    @model_validator(mode="after")
    def _check_pool(self) -> Self:
        if self.database_pool_min > self.database_pool_max:
            sentence = (
                f"DATABASE_POOL_MIN ({self.database_pool_min}) is greater than DATABASE_POOL_MAX "
                f"({self.database_pool_max}): lower the one or raise the other."
            )
            raise PydanticCustomError("pool", "{sentence}", {"sentence": sentence})
        return self


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the environment, as `.env.template` and the documentation describe it."""

    name: str
    default: str | None
    expects: str
    description: str
    is_secret: bool


def list_variables() -> tuple[Variable, ...]:
    """List every variable that `Settings` reads, in the order of its fields."""
    return tuple(_describe(name, field) for name, field in Settings.model_fields.items())


def _describe(name: str, field: FieldInfo) -> Variable:
    return Variable(
        name=name.upper(),
        default=None if field.default is None else str(field.default),
        expects=_expectation(field),
        description=field.description or "",
        is_secret=SecretStr in getattr(field.annotation, "__args__", ()),
    )


def _expectation(field: FieldInfo) -> str:
    extra = field.json_schema_extra
    return str(extra["expects"]) if isinstance(extra, dict) else "valid"


def find_url_problem(url: str) -> str | None:
    """Say what is wrong with the address of a database, or None; the words never quote a secret part."""
    # asyncpg comes with the driver, and is loaded only where there is an address to check.
    from lumi_db.engine.driver.url import parse_url
    from lumi_db.engine.errors import EngineError

    try:
        parse_url(url)
    except EngineError as error:
        return str(error.meta["details"])
    return None


def _config_error(error: ValidationError) -> ConfigError:
    details = error.errors(include_url=False)
    variables = tuple(str(detail["loc"][0]).upper() for detail in details if detail["loc"])
    return ConfigError("\n".join(_sentence(detail) for detail in details), variables=variables)


def _sentence(detail: ErrorDetails) -> str:
    if not detail["loc"]:
        return detail["msg"]
    name = str(detail["loc"][0])
    field = Settings.model_fields[name]
    if detail["type"] == "url":
        return f"{name.upper()} is invalid: {detail['msg']}."
    shown = "" if _describe(name, field).is_secret else f", not {str(detail['input'])[:80]!r}"
    return f"{name.upper()} must be {_expectation(field)}{shown}."


def project_root() -> Path:
    """Return the checkout this package runs from, or else (a wheel) the working directory."""
    checkout = Path(__file__).resolve().parent.parent
    return checkout if (checkout / "schema.prisma").is_file() else Path.cwd()


def is_checkout() -> bool:
    """Tell whether this package runs from a checkout, and not from a wheel."""
    return (project_root() / "schema.prisma").is_file()


def checkout_root() -> Path:
    """Return the checkout this package runs from. Raises SetupError for a package that was installed from a wheel."""
    root = project_root()
    if not is_checkout():
        raise SetupError(
            "This command works on the project's own schema.prisma and migrations: run it in a clone of the project."
        )
    return root


def child_environment(changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """Copy the environment for a child process, with `changes`; None takes a variable away."""
    merged = {**os.environ, **(changes or {})}
    return {name: value for name, value in merged.items() if value is not None}
