"""Logins that are members of the shop's roles: what they may do is tried over connections of their own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

import asyncpg

from lumi_db.cli.roles import read_roles_script
from lumi_db.migrations import list_migrations

from .shop_rows import Row

ROLES = ("owner", "app", "readonly")
# What `prisma migrate deploy` would have left in a database of the tests.
_HISTORY = """
    CREATE TABLE "_prisma_migrations"
        (migration_name text, started_at timestamptz, finished_at timestamptz, rolled_back_at timestamptz)
"""
_APPLIED = 'INSERT INTO "_prisma_migrations" SELECT unnest($1::text[]), now(), now()'


@dataclass(frozen=True, slots=True)
class RoleLogins:
    """Three roles with names of their own, since roles belong to the whole server, and a login for each."""

    url: str
    prefix: str
    password: str
    admin: asyncpg.Connection[Row]

    @classmethod
    async def make(cls, url: str) -> RoleLogins:
        """Run the script on the shop at `url` and make the logins, as docs/schema.md says."""
        admin: asyncpg.Connection[Row] = await asyncpg.connect(url)
        made = cls(url, f"lumi_test_{secrets.token_hex(4)}", secrets.token_hex(8), admin)
        await admin.execute(_HISTORY)
        await admin.execute(_APPLIED, list_migrations())
        await made.run_script()
        for role in ROLES:
            await admin.execute(
                f"CREATE ROLE {made.login(role)} LOGIN PASSWORD '{made.password}' IN ROLE {made.role(role)}"
            )
        owner = made.role("owner")
        await admin.execute(f"ALTER ROLE {made.login('owner')} SET role = '{owner}'")
        return made

    async def run_script(self) -> None:
        await self.admin.execute(read_roles_script(prefix=self.prefix))

    async def drop(self) -> None:
        await drop_roles(self.admin, *map(self.login, ROLES), *map(self.role, ROLES))
        await self.admin.close()

    def role(self, name: str) -> str:
        return f"{self.prefix}_{name}"

    def login(self, name: str) -> str:
        return f"{self.prefix}_login_{name}"

    def url_of(self, name: str) -> str:
        """Return the shop's address for the login of a role."""
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        return parts._replace(netloc=f"{self.login(name)}:{self.password}@{host}").geturl()

    async def connect(self, name: str) -> asyncpg.Connection[Row]:
        return await asyncpg.connect(self.url_of(name))


async def drop_roles(admin: asyncpg.Connection[Row], *names: str) -> None:
    # One at a time: PostgreSQL cannot drop a default privilege that two of them have part in.
    for name in names:
        await admin.execute(f"REASSIGN OWNED BY {name} TO CURRENT_USER; DROP OWNED BY {name}")
    await admin.execute(f"DROP ROLE {', '.join(names)}")
