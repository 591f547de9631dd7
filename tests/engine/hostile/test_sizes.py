"""Values as large as PostgreSQL takes them, and what is said of larger ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from prisma.fields import Base64, Json

pytestmark = pytest.mark.long

MEGABYTE = 2**20
LIMIT = 2**30 - 1


async def test_a_value_near_a_gigabyte_is_stored_and_larger_ones_are_refused(db: Any, errors: Any) -> None:
    """PostgreSQL takes values, rows and messages below 1 GB: here one is just below it, one between, one above."""
    largest = "x" * (LIMIT - 1_000)
    made = await db.sample.create({"text": largest})
    is_same = made.text == largest
    del made
    assert is_same  # pytest would show the texts
    with pytest.raises(errors.DataError, match="beyond a limit of the database"):
        await db.sample.create({"text": largest + "x" * 936})
    with pytest.raises(errors.DataError, match="limit of 1 GB") as caught:
        await db.sample.create({"text": largest + "x" * 1_010})
    assert caught.value.code == "P2000"
    assert len(str(caught.value)) < 300
    with pytest.raises(errors.DataError, match="limit of 1 GB"):
        async with db.tx(timeout=timedelta(minutes=2)) as tx:
            await tx.sample.create({"text": largest + "x" * 1_010})
    assert await db.sample.count() == 1


@pytest.mark.parametrize(
    "value",
    [
        {"text": "ş" * (50 * MEGABYTE)},
        {"bytes": Base64.encode(b"\x00\xff" * (50 * MEGABYTE))},
        {"data": Json({"a": "x" * (100 * MEGABYTE)})},
        {"words": ["x" * (50 * MEGABYTE)] * 2},
    ],
    ids=["text", "bytes", "json", "list"],
)
async def test_a_hundred_megabytes_are_read_flat_and_in_an_include(db: Any, value: Any) -> None:
    made = await db.sample.create({**value, "boxes": {"create": {}}})
    [(name, stored)] = value.items()
    expected = str(stored.data if isinstance(stored, Json) else stored)
    box = await db.box.find_first(include={"sample": True})
    is_same = [str(getattr(row, name)) == expected for row in (made, box.sample)]
    assert is_same == [True, True]


async def test_an_include_beyond_a_gigabyte_is_refused_with_the_remedy(db: Any, errors: Any) -> None:
    user = await db.user.create({"email": "a@b.c"})
    await db.execute_raw(
        """INSERT INTO "Post" (title, content, "authorId")
        SELECT n::text, repeat('x', 50000000), $1 FROM generate_series(1, 24) AS n""",
        user.id,
    )
    with pytest.raises(errors.DataError, match="with take or fewer includes"):
        await db.user.find_first(include={"posts": True})
    found = await db.user.find_first(include={"posts": {"take": 2}})
    assert [len(post.content) for post in found.posts] == [50_000_000] * 2
