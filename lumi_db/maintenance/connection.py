"""A connection for work on the database itself: not pooled, without time limits on its statements."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

from lumi_db.config import Settings
from lumi_db.connecting import connect_patiently
from lumi_db.engine.driver.direct import DirectConnection, open_direct
from lumi_db.engine.driver.url import parse_url
from lumi_db.errors import ConfigError

THROUGH_PGBOUNCER = (
    "DATABASE_URL goes through PgBouncer (pgbouncer=true), which cannot carry this work: "
    "set DIRECT_URL to the address of the PostgreSQL server itself."
)


@asynccontextmanager
async def direct_connection(
    url: str, *, settings: Settings, name: str = "lumi-db"
) -> AsyncIterator[DirectConnection]:
    """Give an open connection to the database at `url`, which shows itself on the server as `name`.

    It is tried again as `Database.open` does. Raises `ConnectionFailed`, and `ConfigError` for a URL that goes
    through PgBouncer, where locks and settings of a session are lost.
    """
    if parse_url(url).pgbouncer:
        raise ConfigError(THROUGH_PGBOUNCER, variables=("DIRECT_URL",))
    opened: list[DirectConnection] = []

    async def connect() -> None:
        limit = settings.database_connect_timeout_ms / 1000
        opened.append(await open_direct(url, timeout=limit, application_name=name))

    await connect_patiently(connect, url=url, settings=settings)
    try:
        yield opened[0]
    finally:
        await opened[0].close()


def url_of(url: str, database: str) -> str:
    """Return `url` with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
