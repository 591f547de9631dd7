"""Right and wrong uses of the blog's typed client, as in `uses_of_the_shop`: what the shop's schema has not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, assert_type

if TYPE_CHECKING:
    from tests.engine.blog.generated.fields import Base64
    from tests.engine.blog.generated.models import Like, Sample, User
    from tests.engine.blog.generated.typed import LikeRow, Prisma, SampleRow, UserRow


async def composite_ids(db: Prisma) -> None:
    assert_type(
        await db.like.find_unique({"userId_postId": {"userId": "a", "postId": 1}, "weight": {"gt": 3}}),
        Like | None,
    )
    assert_type(
        await db.like.upsert_many([{"userId": "a", "postId": 1}], key=["userId", "postId"]), list[Like]
    )
    await db.post.find_unique({"one_title": {"authorId": "a", "title": "b"}, "published": True})
    await db.like.find_unique({"userId_postId": {"userId": "a", "postId": "1"}})  # wrong
    await db.like.upsert_many([], key=["weight"])  # wrong
    await db.post.find_unique({"authorId_title": {"authorId": "a", "title": "b"}})  # wrong


async def self_relations(db: Prisma) -> None:
    rows = await db.user.find_many(
        where={"manager": None, "friends": {"some": {"manager": {"is": {"mood": "SAD"}}}}},
        select={
            "manager": {"select": {"name": True, "reports": {"select": {"email": True}}}},
            "_count": True,
        },
        order=[
            {"manager": {"manager": {"name": {"sort": "asc", "nulls": "last"}}}},
            {"friends": {"_count": "desc"}},
        ],
    )
    assert_type(rows, list[UserRow])
    if "manager" in rows[0]:
        assert_type(rows[0]["manager"], UserRow | None)
    await db.user.find_many(select={"manager": {"where": {"mood": "SAD"}}})
    await db.like.find_many(select={"user": {"where": {"mood": "SAD"}}})  # wrong
    await db.like.find_many(where={"user": None})  # wrong
    await db.user.find_many(order={"manager": {"boss": {"name": "asc"}}})  # wrong
    await db.user.find_many(select={"manager": {"select": {"reports": {"select": {"mail": True}}}}})  # wrong


async def every_type(db: Prisma) -> None:
    [row] = await db.sample.find_many(
        select={"exact": True, "decimals": True, "mood": True, "data": True, "blobs": True, "int": True}
    )
    assert_type(row, SampleRow)
    assert_type(row.get("exact"), Decimal | None)
    assert_type(row.get("decimals"), list[Decimal] | None)
    assert_type(row.get("blobs"), list[Base64] | None)
    assert_type(row.get("int"), int | None)
    assert_type(row.get("data"), Any | None)
    await db.sample.find_many(
        where={"exact": {"not": None, "in": [Decimal(1)]}, "words": {"has": "a"}, "flag": None}
    )
    await db.sample.find_many(where={"mood": {"not_in": ["SAD", "HAPPY"]}, "moments": {"is_empty": True}})
    await db.sample.find_many(where={"data": {"path": ["a"], "gte": 3}, "plain": None})
    await db.sample.find_many(where={"vector": "a"})  # wrong
    await db.sample.find_many(where={"decimal": Decimal(1)})  # wrong
    await db.sample.find_many(where={"mood": {"in": ["so-sad"]}})  # wrong
    await db.sample.find_many(where={"words": {"contains": "a"}})  # wrong
    await db.sample.find_many(where={"jsons": {"path": ["a"]}})  # wrong
    await db.sample.aggregate(
        sum={"exact": True, "big": True}, min={"moment": True, "mood": True}, count=True
    )
    await db.sample.aggregate(min={"data": True})  # wrong
    await db.sample.aggregate(sum={"decimals": True})  # wrong


async def rows_of_other_models(db: Prisma) -> None:
    found = await db.like.find_first_or_raise(
        omit={"weight": True}, include={"user": {"omit": {"age": True}}}
    )
    assert_type(found, LikeRow)
    if "user" in found:
        assert_type(found["user"].get("moods"), "list[Any] | None")  # wrong
        assert_type(found["user"], UserRow)
    assert_type(await db.user.find_first(), User | None)
    assert_type(await db.sample.update_many_and_return({"text": "a"}, {"mood": "SAD"}), list[Sample])
