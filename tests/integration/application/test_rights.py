"""A user who may connect but not read is told so in one sentence."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.errors import AccessDenied


@pytest.mark.direct(reason="gives options in the URL")
async def test_a_user_without_rights_on_the_tables_is_told_so(database: Database, database_url: str) -> None:
    role = f"nobody_{urlsplit(database_url).path[1:]}"
    await database.client.execute_raw(f'CREATE ROLE "{role}"')
    await database.client.execute_raw(
        "CREATE TABLE _prisma_migrations "
        "(migration_name text, started_at timestamptz, finished_at timestamptz, rolled_back_at timestamptz)"
    )
    try:
        parts = urlsplit(database_url)
        query = f"{parts.query}&" if parts.query else ""
        url = parts._replace(query=f"{query}options=-c%20role%3D{role}").geturl()
        with pytest.raises(AccessDenied, match="lacks rights on the tables of database"):
            async with Database(Settings(database_url=SecretStr(url))):
                pass
    finally:
        await database.client.execute_raw(f'DROP ROLE "{role}"')
