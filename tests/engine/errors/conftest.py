"""A blog with one author, and the rules of a database that Prisma's schema cannot say."""

from __future__ import annotations

from typing import Any

import pytest_asyncio

RULES = [
    'ALTER TABLE users ADD CONSTRAINT grown CHECK ("age" >= 0)',
    "CREATE UNIQUE INDEX one_spelling ON users (lower(email))",
    "CREATE UNIQUE INDEX one_elder ON users (name) WHERE age > 100",
    'ALTER TABLE "Tag" ADD CONSTRAINT apart EXCLUDE USING btree (name WITH =)',
    "ALTER TABLE users ALTER COLUMN age SET NOT NULL",
    """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        CASE NEW.room
            WHEN 'plain' THEN RAISE EXCEPTION 'the room "%" is closed', 'plain: 1';
            WHEN 'own' THEN RAISE EXCEPTION 'the room is mine' USING ERRCODE = 'LU001';
            WHEN 'check' THEN
                RAISE EXCEPTION 'the room is full' USING ERRCODE = 'check_violation', CONSTRAINT = 'full';
            WHEN 'unique' THEN
                RAISE EXCEPTION 'the room is taken' USING ERRCODE = 'unique_violation', COLUMN = 'owner_id';
            WHEN 'warning' THEN RAISE EXCEPTION 'the room is empty' USING ERRCODE = '02000';
            WHEN 'emptied' THEN NEW.code := NULL;
            ELSE NULL;
        END CASE;
        RETURN NEW;
    END $$
    """,
    'CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON "Desk" FOR EACH ROW EXECUTE FUNCTION refuse()',
]


@pytest_asyncio.fixture
async def author(db: Any) -> None:
    """Put one user into the database, u1, with one post, and two tags of which the post has one."""
    await db.user.create({"id": "u1", "email": "u1@x", "age": 5})
    await db.tag.create_many([{"name": "mine"}, {"name": "other"}])
    await db.post.create({"title": "p1", "authorId": "u1", "tags": {"connect": {"name": "mine"}}})


@pytest_asyncio.fixture
async def rules(db: Any, author: None) -> None:
    for sql in RULES:
        await db.execute_raw(sql)
