"""Writes of one row with `select` or `omit`: what they return is a dictionary of just that."""

from __future__ import annotations

from typing import Any

import pytest

CHOSEN = {"name": True, "mood": True}
COUNTED = {"email": True, "_count": {"select": {"posts": {"where": {"published": True}}}}}


async def test_every_write_of_one_row_returns_what_is_selected(db: Any, statements: list[Any]) -> None:
    made = await db.user.create({"id": "u", "email": "a", "name": "Ann"}, select=CHOSEN)
    changed = await db.user.update({"name": "Bea"}, {"id": "u"}, select=CHOSEN)
    data = {"create": {"id": "u", "email": "a"}, "update": {"mood": "SAD"}}
    upserted = await db.user.upsert({"id": "u"}, data, select=CHOSEN)
    gone = await db.user.delete({"id": "u"}, select=CHOSEN)
    assert [made, changed, upserted, gone] == [
        {"name": "Ann", "mood": "HAPPY"},
        {"name": "Bea", "mood": "HAPPY"},
        {"name": "Bea", "mood": "SAD"},
        {"name": "Bea", "mood": "SAD"},
    ]
    assert [event.sql.split()[0] for event in statements] == ["INSERT", "UPDATE", "INSERT", "DELETE"]


async def test_related_rows_and_counts_are_read_after_the_write(db: Any) -> None:
    posts = {"create": [{"title": "a", "published": True}, {"title": "b"}]}
    assert await db.user.create({"id": "u", "email": "e", "posts": posts}, select=COUNTED) == {
        "email": "e",
        "_count": {"posts": 1},
    }
    change = {"posts": {"update_many": {"where": {}, "data": {"published": True}}}}
    assert (await db.user.update(change, {"id": "u"}, select=COUNTED))["_count"] == {"posts": 2}
    kept = {"include": {"posts": {"select": {"title": True}, "order_by": {"id": "asc"}}}}
    found = await db.user.update({"name": "Ann"}, {"id": "u"}, **kept, omit={"email": True})
    assert found["posts"] == [{"title": "a"}, {"title": "b"}]
    assert "email" not in found
    await db.post.delete_many({})
    assert await db.user.delete({"id": "u"}, select=COUNTED) == {"email": "e", "_count": {"posts": 0}}


async def test_a_missing_row_is_none_but_not_one_that_a_nested_write_misses(db: Any, errors: Any) -> None:
    assert await db.user.update({"name": "x"}, {"id": "nobody"}, select=CHOSEN) is None
    assert await db.user.delete({"id": "nobody"}, select=CHOSEN) is None
    await db.user.create({"id": "u", "email": "e"})
    with pytest.raises(errors.RecordNotFoundError):
        await db.user.update({"posts": {"delete": {"id": 1}}}, {"id": "u"}, select=CHOSEN)


async def test_without_them_the_generated_action_answers(db: Any, blog: Any) -> None:
    assert isinstance(await db.user.create({"id": "u", "email": "e"}), blog.models.User)
    assert isinstance(await db.user.update({"name": "x"}, {"id": "u"}), blog.models.User)
    assert isinstance(await db.user.delete({"id": "u"}), blog.models.User)


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ({"select": {}}, "select"),
        ({"select": {"nmae": True}}, "select.nmae"),
        ({"select": {"id": True}, "omit": {"id": True}}, "omit"),
        ({"select": {"id": True}, "include": {"posts": True}}, "include"),
    ],
)
async def test_bad_selects_are_refused_before_anything_is_written(
    db: Any, errors: Any, statements: list[Any], arguments: dict[str, Any], path: str
) -> None:
    with pytest.raises(errors.DataError, match=f"`{path}`"):
        await db.user.create({"email": "e"}, **arguments)
    assert statements == []
