"""Which database a command works on."""

from __future__ import annotations

from dataclasses import dataclass

from lumi_db import embedded
from lumi_db.config import Settings, project_root
from lumi_db.engine.driver.url import parse_url
from lumi_db.errors import SetupError


@dataclass(frozen=True, slots=True)
class Target:
    """A database: its URL (with the password, never to be shown) and whether the server is the clone's own."""

    url: str
    is_own: bool


def find_target() -> Target | None:
    """Return the database of DATABASE_URL, else the running demo server's, else None."""
    if given := given_url():
        return Target(given, is_own=False)
    server = embedded.find(project_root())
    return Target(server.url, is_own=True) if server else None


def get_target() -> Target:
    """Return the database of DATABASE_URL, else the running demo server's; raises SetupError without either."""
    target = find_target()
    if target is None:
        raise SetupError("No database: start the demo's server with `lumi-db db start`, or set DATABASE_URL.")
    return target


def start_target() -> Target:
    """Return the database of DATABASE_URL, else the demo server's, which is started where needed."""
    if given := given_url():
        return Target(given, is_own=False)
    return Target(embedded.start(project_root()).url, is_own=True)


def get_direct_target(*, start: bool = False) -> Target:
    """Return the database for migrations and backups: that of DIRECT_URL, else as `get_target` or `start_target`."""
    secret = Settings.load().direct_url
    if secret is None:
        return start_target() if start else get_target()
    direct, given = secret.get_secret_value(), given_url()
    _check_same_database(direct, given or direct)
    return Target(direct, is_own=False)


def _check_same_database(direct: str, given: str) -> None:
    name, other = parse_url(direct).database, parse_url(given).database
    if name != other:
        # a leftover of another shell: using it would change what nobody meant
        raise SetupError(f"DIRECT_URL names database {name} and DATABASE_URL {other}: set both to the same.")


def given_url() -> str | None:
    secret = Settings.load().database_url
    return secret.get_secret_value() if secret else None
