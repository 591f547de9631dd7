"""Databases for tests: one template per set of migrations, a clone per test.

A run holds an advisory lock as long as it lives, and its databases carry its number: those of a run that was killed
are told by that, and dropped by the next one.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from lumi_db.maintenance import url_of
from lumi_db.migrations import read_migrations

from .admin import Admin

TEMPLATE = "lumi_template_"
_LOCK_CLASS = 0x4C756D69
_LOCK_BUILD = 1
_KEPT_TEMPLATES = 4


class Databases:
    """Makes and drops the databases of one process on one server; tests get them at the address of `pooler`, if any."""

    def __init__(self, url: str, *, migrations: Path, pooler: str | None = None) -> None:
        self._admin = Admin(url)
        self._given = pooler or url
        self._migrations = migrations
        self._template: str | None = None
        self._run = secrets.randbelow(2**30) + 2
        self._numbers = count(1)
        self._admin.fetch("SELECT pg_advisory_lock($1, $2)", _LOCK_CLASS, self._run)
        self._drop_leftovers()

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """Give the URL of a fresh database with all migrations."""
        with self._database(template=self._get_template()) as url:
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the URL of a fresh database with nothing in it."""
        with self._database(template="template0") as url:
            yield url

    def past_pooler(self, url: str) -> str:
        """Return the server's own address of a database that was given at the pooler's."""
        return url_of(self._admin.url, urlsplit(url).path[1:])

    def close(self) -> None:
        self._admin.close()

    @contextmanager
    def _database(self, *, template: str) -> Iterator[str]:
        name = f"lumi_test_{self._run}_{next(self._numbers)}"
        # copying files takes 20 ms, going through the log 50 ms
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        try:
            yield url_of(self._given, name)
        finally:
            self._admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _get_template(self) -> str:
        if self._template is None:
            scripts = [(one.name, one.script) for one in read_migrations(self._migrations)]
            name = TEMPLATE + fingerprint(scripts)
            with self._build_lock():
                if not self._admin.fetch("SELECT 1 FROM pg_database WHERE datname = $1", name):
                    self._build_template(name, scripts)
            self._template = name
        return self._template

    def _build_template(self, name: str, scripts: list[tuple[str, str]]) -> None:
        """Build under another name and rename at the end, so that a template is whole or not there."""
        building = name.replace("template", "building")
        self._admin.execute(f"DROP DATABASE IF EXISTS {building} WITH (FORCE)")
        self._admin.execute(f"CREATE DATABASE {building} TEMPLATE template0")
        self._admin.run_scripts(building, scripts)
        self._drop_old_templates()
        self._admin.execute(f"ALTER DATABASE {building} RENAME TO {name}")

    def _drop_old_templates(self) -> None:
        old = "SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY oid DESC OFFSET $2"
        for name in self._admin.fetch(old, TEMPLATE, _KEPT_TEMPLATES - 1):
            self._admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _drop_leftovers(self) -> None:
        """Drop the databases of runs that are no more."""
        leftovers = """
            SELECT datname FROM pg_database
            WHERE datname ~ '^lumi_test_[0-9]+_' AND split_part(datname, '_', 3)::int8 NOT IN (
                SELECT objid::int8 FROM pg_locks WHERE locktype = 'advisory' AND classid = $1)
        """
        with self._build_lock():
            for name in self._admin.fetch(leftovers, _LOCK_CLASS):
                self._admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @contextmanager
    def _build_lock(self) -> Iterator[None]:
        self._admin.fetch("SELECT pg_advisory_lock($1, $2)", _LOCK_CLASS, _LOCK_BUILD)
        try:
            yield
        finally:
            self._admin.fetch("SELECT pg_advisory_unlock($1, $2)", _LOCK_CLASS, _LOCK_BUILD)


def fingerprint(scripts: list[tuple[str, str]]) -> str:
    """Return a short hash of the migrations' names and texts."""
    text = "\0".join(part for script in scripts for part in script)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
