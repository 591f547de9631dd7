"""Nested writes on every kind of relation, seen through what is in the database afterwards."""

from __future__ import annotations

from typing import Any


async def test_a_row_is_created_with_rows_on_both_sides_of_its_keys(db: Any) -> None:
    posts = {"create": [{"title": "first", "tags": {"create": [{"name": "x"}]}}, {"title": "second"}]}
    user = await db.user.create(
        {"email": "ann@example.com", "profile": {"create": {"bio": "hi"}}, "posts": posts},
        include={"profile": True, "posts": {"include": {"tags": True}, "order_by": {"id": "asc"}}},
    )
    assert user.profile.bio == "hi"
    assert [(post.title, [tag.name for tag in post.tags]) for post in user.posts] == [("first", ["x"]), ("second", [])]
