"""The blog's client with a clock that stands still, ids that count, and events that show parameters."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest_asyncio

from lumi_db.engine import EngineOptions, in_process
from lumi_db.engine.ids import IdSource
from tests.engine.conftest import DATAMODEL

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
THEN = datetime(2000, 1, 1, tzinfo=UTC)


class CountingIds(IdSource):
    """Gives id1, id2 …"""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = itertools.count(1)

    def make(self, function: str, arguments: tuple[Any, ...]) -> str:
        return f"id{next(self._numbers)}"


@pytest_asyncio.fixture
async def db(blog: ModuleType, blog_url: str) -> AsyncIterator[Any]:
    """Give a connected client whose `now()` is NOW and whose ids count."""
    made = in_process(
        blog.Prisma,
        datamodel=DATAMODEL,
        options=EngineOptions(event_parameters=True),
        clock=lambda: NOW,
        ids=CountingIds(),
    )
    async with made(datasource={"url": blog_url}, use_dotenv=False) as client:
        yield client


@pytest_asyncio.fixture
async def people(db: Any) -> None:
    """Put three users into the database, u1 to u3, last touched at THEN."""
    rows = [
        {"id": f"u{number}", "email": f"u{number}@x", "age": number, "createdAt": THEN, "updatedAt": THEN}
        for number in (1, 2, 3)
    ]
    await db.user.create_many(rows)


@pytest_asyncio.fixture
async def posts(db: Any, people: None) -> None:
    """Let u1 have the posts 1 and 2 (the first edited by u2, with the tags 1 and 2 of 3), and u2 post 3."""
    await db.post.create_many(
        [
            {"title": "p1", "authorId": "u1", "editorId": "u2", "createdAt": THEN},
            {"title": "p2", "authorId": "u1", "createdAt": THEN},
            {"title": "p3", "authorId": "u2", "createdAt": THEN},
        ]
    )
    await db.tag.create_many([{"name": "t1"}, {"name": "t2"}, {"name": "t3"}])
    await db.post.update(where={"id": 1}, data={"tags": {"connect": [{"id": 1}, {"id": 2}]}})


@pytest_asyncio.fixture
async def desks(db: Any, people: None) -> None:
    """Give u1 the desk d1 and u2 the desk d3; d2 is free. u1 has a profile, too."""
    await db.desk.create_many(
        [{"code": "d1", "ownerId": "u1"}, {"code": "d2"}, {"code": "d3", "ownerId": "u2"}]
    )
    await db.profile.create({"bio": "b1", "userId": "u1"})


async def titles(db: Any, **where: Any) -> list[str]:
    """List the titles of posts, in order."""
    return [post.title for post in await db.post.find_many(where=where, order={"id": "asc"})]


async def tags_of(db: Any, post: int) -> list[str]:
    found = await db.tag.find_many(where={"posts": {"some": {"id": post}}}, order={"name": "asc"})
    return [tag.name for tag in found]


async def owners(db: Any) -> dict[str, str | None]:
    return {desk.code: desk.ownerId for desk in await db.desk.find_many(order={"code": "asc"})}
