"""Settings and log lines for the tests of `Database`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from loguru import logger

from lumi_db import Settings

if TYPE_CHECKING:
    from loguru import Record


def settings_for(url: str, **others: Any) -> Settings:
    """Return settings for one address: few connections, one attempt to connect, and nothing counts as slow."""
    few = {"database_pool_min": 1, "database_pool_max": 4}
    return Settings.load(
        database_url=url, **{**few, "database_connect_retry_ms": 0, "slow_query_ms": 600_000, **others}
    )


def with_database(url: str, name: str) -> str:
    """Return the address of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def with_parameter(url: str, parameter: str) -> str:
    """Return the same address with one more parameter."""
    return f"{url}{'&' if '?' in url else '?'}{parameter}"


def with_user(url: str, user: str, password: str) -> str:
    """Return the same address for another user."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{user}:{password}@{host}").geturl()


@contextmanager
def captured_log() -> Iterator[list[Record]]:
    """Collect what lumi_db logs, as a program that enabled it would see it."""
    records: list[Record] = []
    logger.enable("lumi_db")
    sink = logger.add(lambda message: records.append(message.record), level="TRACE")
    try:
        yield records
    finally:
        logger.remove(sink)
        logger.disable("lumi_db")
