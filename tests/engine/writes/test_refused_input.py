"""Data that means nothing is refused by its path, before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from lumi_db.engine import QueryEvent
from lumi_db.testing.databases import Databases

USER = {"email": "a"}
REFUSED: list[tuple[str, str, Any, str, str]] = [
    ("user", "create", {"data": {}}, "MissingRequiredValueError", "`data.email` of the model User"),
    ("user", "create", {"data": {**USER, "nmae": "x"}}, "FieldNotFoundError", "`data.nmae` does not exist"),
    ("user", "create", {"data": {**USER, "age": "5"}}, "InputError", "`data.age` must be an int, not str"),
    ("user", "create", {"data": {**USER, "age": True}}, "InputError", "`data.age` must be an int, not bool"),
    ("user", "create", {"data": {**USER, "age": 2**31}}, "InputError", "`data.age`: the number does not fit"),
    ("user", "create", {"data": {"email": None}}, "InputError", "`data.email` must be a str"),
    (
        "user",
        "create",
        {"data": {**USER, "mood": "GLAD"}},
        "InputError",
        "`data.mood`: the enum Mood has no such value",
    ),
    ("user", "create", {"data": {**USER, "moods": "SAD"}}, "InputError", "`data.moods` must be a list"),
    (
        "user",
        "create",
        {"data": {**USER, "moods": ["X"]}},
        "InputError",
        "`data.moods`: element 0: the enum Mood has no such",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "name": ["x"]}},
        "InputError",
        "`data.name` must be a str, not list",
    ),
    ("user", "create", {"data": {**USER, "name": {"set": "x"}}}, "InputError", "`data.name` must be a str"),
    (
        "user",
        "create",
        {"data": {**USER, "name": "a\0b"}},
        "InputError",
        "`data.name`: PostgreSQL cannot store",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "name": "\ud800"}},
        "InputError",
        "`data.name`: the text has a lone surrogate",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "createdAt": "soon"}},
        "InputError",
        "`data.createdAt`: this is not an ISO",
    ),
    ("user", "create", {"data": "x"}, "InputError", "`data` must be a dict, not str"),
    ("user", "create", {"data": {**USER, "posts": []}}, "InputError", "`data.posts` must be a dict"),
    (
        "user",
        "create",
        {"data": {**USER, "posts": None}},
        "InputError",
        "`data.posts` must be a dict, not None",
    ),
    ("user", "create", {"data": {**USER, "posts": {"make": {}}}}, "FieldNotFoundError", "`data.posts.make`"),
    (
        "user",
        "create",
        {"data": {**USER, "posts": {"update": {}}}},
        "FieldNotFoundError",
        "`data.posts.update`",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "posts": {"create": [{}]}}},
        "MissingRequiredValueError",
        "create.0.title",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "posts": {"create": {"title": "t", "authorId": "x"}}}},
        "InputError",
        "authorId",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "posts": {"create": {"title": "t", "author": {}}}}},
        "FieldNotFoundError",
        "author",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "posts": {"connect": {"title": "t"}}}},
        "FieldNotFoundError",
        "needs `id` or",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "posts": {"connect": None}}},
        "InputError",
        "`data.posts.connect` must be",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "desk": {"create": [{"code": "c"}]}}},
        "InputError",
        "desk.create` must be one dict",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "desk": {"create_many": {}}}},
        "FieldNotFoundError",
        "desk.create_many`",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "friends": {"create_many": {}}}},
        "FieldNotFoundError",
        "friends.create_many`",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "managerId": "m", "manager": {"connect": {"id": "m"}}}},
        "InputError",
        "managerId",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "posts": {"connect_or_create": {"where": {"id": 1}}}}},
        "MissingRequiredValueError",
        "`data.posts.connect_or_create.create`",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "posts": {"create_many": {"data": [{"title": "t", "tags": {}}]}}}},
        "FieldNotFoundError",
        "`data.posts.create_many.data.0.tags`",
    ),
    (
        "user",
        "create",
        {"data": {**USER, "posts": {"create_many": {"data": [], "skip": True}}}},
        "FieldNotFoundError",
        "`data.posts.create_many.skip`",
    ),
    (
        "post",
        "create",
        {"data": {"title": "t"}},
        "MissingRequiredValueError",
        r"authorId \(or `data.author`\)",
    ),
    (
        "post",
        "update",
        {"where": {"title": "t"}, "data": {}},
        "FieldNotFoundError",
        "`where` of the model Post needs",
    ),
    (
        "post",
        "update",
        {"where": {"id": "1"}, "data": {}},
        "InputError",
        "`where.id` must be an int, not str",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"title": None}},
        "InputError",
        "`data.title` must be a str",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"views": {"add": 1}}},
        "FieldNotFoundError",
        "`data.views.add`",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"views": {"increment": None}}},
        "InputError",
        "views.increment`",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"views": {"increment": 1, "set": 1}}},
        "InputError",
        "one operator",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"title": {"increment": 1}}},
        "FieldNotFoundError",
        "title.increment`",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"author": {"disconnect": True}}},
        "DataError",
        "author.disconnect`",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"author": {"delete": True}}},
        "DataError",
        "author.delete`",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"author": {"set": []}}},
        "FieldNotFoundError",
        "author.set`",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"author": {"update": 5}}},
        "InputError",
        "author.update` must be a dict",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"editorId": "u", "editor": {"connect": {"id": "u"}}}},
        "InputError",
        "`data.editorId` is set by the relation beside it",
    ),
    (
        "post",
        "update",
        {"where": {"id": 1}, "data": {"tags": {"update": {"where": {"id": 1}, "data": {"nmae": "x"}}}}},
        "FieldNotFoundError",
        "`data.tags.update.data.nmae`",
    ),
    (
        "post",
        "update_many",
        {"where": {}, "data": {"tags": {}}},
        "FieldNotFoundError",
        "`data.tags` does not exist",
    ),
    ("post", "update_many", {"where": {"titel": "x"}, "data": {}}, "FieldNotFoundError", "`where.titel`"),
    ("post", "delete", {"where": {}}, "FieldNotFoundError", "`where` of the model Post needs"),
    ("post", "delete_many", {"where": {"titel": "x"}}, "FieldNotFoundError", "`where.titel`"),
    (
        "tag",
        "upsert",
        {"where": {"name": "a"}, "create": {}, "update": {}},
        "MissingRequiredValueError",
        "`create.name`",
    ),
    (
        "tag",
        "upsert",
        {"where": {"name": "a"}, "create": {"name": "a"}},
        "MissingRequiredValueError",
        "`update`",
    ),
    ("tag", "create_many", {"data": ["x"]}, "InputError", "`data.0` must be a dict"),
    ("tag", "create_many", {"data": [{"name": "a"}, {}]}, "MissingRequiredValueError", "`data.1.name`"),
    (
        "tag",
        "create_many",
        {"data": [{"name": "a"}, {"name": None}]},
        "InputError",
        "`data.1.name` must be a str",
    ),
    ("tag", "create_many", {"data": [{"name": 5}]}, "InputError", "`data.0.name` must be a str, not int"),
    ("tag", "create_many", {"data": [{"name": "a", "posts": {}}]}, "FieldNotFoundError", "`data.0.posts`"),
    ("sample", "create_many", {"data": [{"words": "x"}]}, "InputError", "`data.0.words` must be a list"),
    ("sample", "create_many", {"data": [{"ints": [1, None]}]}, "InputError", "`data.0.ints`: element 1"),
    (
        "sample",
        "create",
        {"data": {"words": [1]}},
        "InputError",
        "`data.words`: element 0: it must be a str, not int",
    ),
    (
        "sample",
        "create",
        {"data": {"exact": Decimal("inf")}},
        "InputError",
        "`data.exact`: a Decimal must be finite",
    ),
    ("sample", "create", {"data": {"data": {"a": 1}}}, "InputError", "`data.data` must be a Json"),
    (
        "sample",
        "create",
        {"data": {"bytes": "x"}},
        "InputError",
        "`data.bytes` must be a Base64 value or bytes",
    ),
    ("sample", "create", {"data": {"uuid": "x"}}, "InputError", "`data.uuid`: this is not a UUID"),
    ("sample", "create", {"data": {"vector": "x"}}, "FieldNotFoundError", "`data.vector` does not exist"),
]


@pytest.fixture(scope="module")
def blog_url(blog_databases: Databases) -> Iterator[str]:
    """Give one database for all: nothing is ever sent to it."""
    with blog_databases.migrated() as url:
        yield url


@pytest.mark.parametrize(("model", "method", "arguments", "error", "words"), REFUSED)
async def test_it_is_refused_by_its_path(
    db: Any,
    blog: Any,
    errors: Any,
    statements: list[QueryEvent],
    model: str,
    method: str,
    arguments: Any,
    error: str,
    words: str,
) -> None:
    cls = getattr(blog.models, model.capitalize())
    with pytest.raises(getattr(errors, error), match=words) as caught:
        await db._execute(method=method, arguments=arguments, model=cls)
    assert statements == []
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [5, "text", [], [{"create": {}, "update": {}}], b"bytes", True])
async def test_data_of_an_upsert_is_refused_by_name(db: Any, errors: Any, data: Any) -> None:
    with pytest.raises(errors.InputError, match="`data` must be a dict with `create` and `update`, not"):
        await db.user.upsert({"id": "u1"}, data)
    incomplete: list[Any] = [None, {}, {"update": {}}]
    for missing in incomplete:
        with pytest.raises(errors.MissingRequiredValueError, match="`create`"):
            await db.user.upsert({"id": "u1"}, missing)
