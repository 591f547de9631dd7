"""From an address to an open connection: what to try again, and what to say when it fails."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from loguru import logger
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_before_delay,
    wait_exponential,
    wait_random,
)

from lumi_db.config import Settings, project_root
from lumi_db.engine.driver.url import Target, parse_url
from lumi_db.errors import (
    AccessDenied,
    ConfigError,
    ConnectionFailed,
    DatabaseMissing,
    DatabaseUnavailable,
    ServerTooOld,
)

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
JITTER = 0.1

Failure = tuple[type[ConnectionFailed], str]

FAILURES: dict[str, Failure] = {
    "P1000": (AccessDenied, "{place} refuses the password of user {user}: correct it in DATABASE_URL."),
    "P1001": (
        DatabaseUnavailable,
        "Nothing answers at {address}: start PostgreSQL there, or correct DATABASE_URL.",
    ),
    "P1002": (
        DatabaseUnavailable,
        "{place} did not answer within {limit} ms: check the network, or raise DATABASE_CONNECT_TIMEOUT_MS.",
    ),
    "P1003": (
        DatabaseMissing,
        "{place} has no database {database}: create it (`createdb {database}`), or correct DATABASE_URL.",
    ),
    "P1010": (
        AccessDenied,
        "{place} does not let user {user} into database {database}: allow it there, or correct DATABASE_URL.",
    ),
    "42501": (
        AccessDenied,
        "User {user} lacks rights on the tables of database {database}: grant them, or correct DATABASE_URL.",
    ),
    "P1011": (
        ConnectionFailed,
        "No TLS connection to {place} is possible: correct sslmode and certificates in DATABASE_URL.",
    ),
    "P1015": (ServerTooOld, "{place} runs PostgreSQL {version}, which is too old: use version 15 or newer."),
    "P1017": (
        DatabaseUnavailable,
        "{place} closed the connection while it was opened: look into the server's log.",
    ),
    "P2037": (
        DatabaseUnavailable,
        "{place} has no connection left: end other programs, or raise its max_connections.",
    ),
}
"""Prisma code or SQLSTATE → what to raise and the sentence. `DatabaseUnavailable` alone is tried again."""

# Of these the driver says more where it knows more: which certificate, which kind of server.
TOLD_BY_DRIVER = frozenset({"P1001", "P1011"})
NOT_READY = "{place} is starting or stopping: try again in a moment."
SQLSTATE_NOT_READY = "57P03"


def find_url(settings: Settings) -> str:
    """Return DATABASE_URL, or else the address of the running server of `make demo`.

    Raises `ConfigError` where there is neither.
    """
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    from lumi_db import embedded

    server = embedded.find(project_root())
    if server is None:
        raise ConfigError(
            "DATABASE_URL is not set and no demo server runs: "
            "set DATABASE_URL, here or in .env, or run `make demo`.",
            variables=("DATABASE_URL",),
        )
    return server.url


async def connect_patiently(connect: Callable[[], Awaitable[None]], *, url: str, settings: Settings) -> None:
    """Call `connect`, and again with back-off and jitter while the server is unreachable, starting or full.

    Gives up before DATABASE_CONNECT_RETRY_MS is over. Raises `ConnectionFailed` or `ConfigError`.
    """

    async def attempt() -> None:
        try:
            await connect()
        except Exception as error:
            said = explain(error, url=url, settings=settings)
            if said is None:
                raise
            raise said from None

    retrying = AsyncRetrying(
        retry=retry_if_exception_type(DatabaseUnavailable),
        wait=wait_exponential(multiplier=FIRST_PAUSE, max=LONGEST_PAUSE) + wait_random(0, JITTER),
        stop=stop_before_delay(settings.database_connect_retry_ms / 1000),
        before_sleep=_log_retry,
        reraise=True,
    )
    await retrying(attempt)


def explain(error: Exception, *, url: str, settings: Settings) -> ConnectionFailed | ConfigError | None:
    """Return the error that says in one sentence why connecting failed; None for what is no such failure."""
    code, meta = getattr(error, "code", None), getattr(error, "meta", None) or {}
    if meta.get("sqlstate") in FAILURES:
        code = meta["sqlstate"]
    if code == "P1013":
        return ConfigError(
            f"DATABASE_URL is invalid: {meta.get('details', error)}.", variables=("DATABASE_URL",)
        )
    if code not in FAILURES:
        return None
    kind, sentence = FAILURES[code]
    if code in TOLD_BY_DRIVER and "details" in meta:
        return kind(str(meta["details"]), code=code)
    if meta.get("sqlstate") == SQLSTATE_NOT_READY:
        sentence = NOT_READY
    names = {
        "limit": settings.database_connect_timeout_ms,
        "version": meta.get("database_version", "before 15"),
    }
    return kind(_capital(sentence.format(**_names(parse_url(url)), **names)), code=code)


def _names(target: Target) -> dict[str, str]:
    hosts = ", ".join(host if host.startswith("/") else f"{host}:{port}" for host, port in target.hosts)
    return {
        "address": hosts,
        "place": f"the PostgreSQL server at {hosts}",
        "user": target.user,
        "database": target.database,
    }


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _log_retry(state: RetryCallState) -> None:
    outcome, action = state.outcome, state.next_action
    if outcome is None or action is None:
        return
    # A person is told once why nothing happens for seconds; the rest is for who looks for it.
    level = "WARNING" if state.attempt_number == 1 else "DEBUG"
    logger.log(level, "{} Trying again in {:.1f} s.", outcome.exception(), action.sleep)
