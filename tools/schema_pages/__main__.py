"""`python -m tools.schema_pages`."""

from __future__ import annotations

import sys
from pathlib import Path

import uvloop

from lumi_db.config import Settings, child_environment, project_root
from lumi_db.errors import LumiError
from lumi_db.migrations import find_migrations_folder
from lumi_db.testing.databases import Databases
from lumi_db.testing.server import use_server

from .pages import read_source, render


def main() -> int:
    """Write the pages, as a database with all migrations on the tests' server has it; return the exit code."""
    try:
        pages = _render()
    except (LumiError, LookupError, ValueError) as error:
        print(f"✗ {error.args[0]}", file=sys.stderr)
        return 1
    for page, text in pages.items():
        page.write_text(text, encoding="utf-8")
    return 0


def _render() -> dict[Path, str]:
    secret = Settings.load().test_database_url
    url = secret.get_secret_value() if secret else None
    with use_server(project_root(), url=url, docker_host=child_environment().get("DOCKER_HOST")) as server:
        databases = Databases(server.url, migrations=find_migrations_folder())
        try:
            with databases.migrated() as migrated:
                return render(uvloop.run(read_source(migrated)))
        finally:
            databases.close()


if __name__ == "__main__":
    sys.exit(main())
