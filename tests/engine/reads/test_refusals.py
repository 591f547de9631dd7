"""Bad input: the client's own exception, which names the path and not the value; nothing is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

import pytest

# what is called, the class of the error, its code, the path it names
Refusal = tuple[Callable[[Any], Awaitable[Any]], str, str, str]

SECRET = "hunter2"


def users(**arguments: Any) -> Callable[[Any], Awaitable[Any]]:
    return lambda db: db.user.find_many(**arguments)


def samples(where: dict[str, Any]) -> Callable[[Any], Awaitable[Any]]:
    return lambda db: db.sample.find_many(where=where)


UNKNOWN: list[Refusal] = [
    (users(where={"nmae": SECRET}), "FieldNotFoundError", "P2009", "where.nmae"),
    (users(where={"name": {"like": SECRET}}), "FieldNotFoundError", "P2009", "where.name.like"),
    (users(where={"name": {"not": {"like": SECRET}}}), "FieldNotFoundError", "P2009", "where.name.not.like"),
    (users(where={"age": {"contains": SECRET}}), "FieldNotFoundError", "P2009", "where.age.contains"),
    (users(where={"AND": [{}, {"nmae": 1}]}), "FieldNotFoundError", "P2009", "where.AND.1.nmae"),
    (users(where={"posts": {"any": {}}}), "FieldNotFoundError", "P2009", "where.posts.any"),
    (
        users(where={"posts": {"some": {"tittle": ""}}}),
        "FieldNotFoundError",
        "P2009",
        "where.posts.some.tittle",
    ),
    (users(where={"manager": {"is": {"nmae": ""}}}), "FieldNotFoundError", "P2009", "where.manager.is.nmae"),
    (users(where={"manager": {"is": {}, "was": {}}}), "FieldNotFoundError", "P2009", "where.manager.was"),
    (users(order={"nmae": "asc"}), "FieldNotFoundError", "P2009", "order_by.nmae"),
    (users(order=[{"name": "asc"}, {"x": "asc"}]), "FieldNotFoundError", "P2009", "order_by.1.x"),
    (users(order={'name" --': "asc"}), "FieldNotFoundError", "P2009", "order_by"),
    (users(include={"pots": True}), "FieldNotFoundError", "P2009", "include.pots"),
    (users(include={"posts": {"were": {}}}), "FieldNotFoundError", "P2009", "include.posts.were"),
    (users(include={"posts": {"where": {"x": 1}}}), "FieldNotFoundError", "P2009", "include.posts.where.x"),
    (
        users(include={"posts": {"include": {"x": True}}}),
        "FieldNotFoundError",
        "P2009",
        "include.posts.include.x",
    ),
    (users(include={"manager": {"take": 1}}), "FieldNotFoundError", "P2009", "include.manager.take"),
    (
        lambda db: db.post.find_many(include={"author": {"where": {}}}),
        "FieldNotFoundError",
        "P2009",
        "include.author.where",
    ),
    (users(distinct=["nmae"]), "FieldNotFoundError", "P2009", "distinct.nmae"),
    (users(cursor={"nmae": 1}), "FieldNotFoundError", "P2009", "cursor"),
    (lambda db: db.user.count(select={"nmae": True}), "FieldNotFoundError", "P2009", "count.nmae"),
    (lambda db: db.user.group_by(["nmae"]), "FieldNotFoundError", "P2009", "by.nmae"),
    (lambda db: db.user.group_by(["mood"], sum={"name": True}), "FieldNotFoundError", "P2009", "sum.name"),
    (lambda db: db.user.group_by(["mood"], min={"x": True}), "FieldNotFoundError", "P2009", "min.x"),
    (
        lambda db: db.user.group_by(["mood"], having={"age": {"_median": {"gt": 1}}}),
        "FieldNotFoundError",
        "P2009",
        "having.age._median",
    ),
]

UNKNOWN_BELOW: list[Refusal] = [
    (users(order={"posts": {"title": "asc"}}), "FieldNotFoundError", "P2009", "order_by.posts.title"),
    (users(order={"profile": {"_count": "asc"}}), "FieldNotFoundError", "P2009", "order_by.profile._count"),
    (users(order={"manager": {"nmae": "asc"}}), "FieldNotFoundError", "P2009", "order_by.manager.nmae"),
    (
        users(order={"_relevance": {"fields": ["nmae"], "search": SECRET, "sort": "asc"}}),
        "FieldNotFoundError",
        "P2009",
        "order_by._relevance.fields.nmae",
    ),
    (
        users(order={"_relevance": {"fields": ["age"], "search": SECRET, "sort": "asc"}}),
        "FieldNotFoundError",
        "P2009",
        "order_by._relevance.fields.age",
    ),
    (
        users(order={"_relevance": {"field": ["name"], "search": SECRET, "sort": "asc"}}),
        "FieldNotFoundError",
        "P2009",
        "order_by._relevance.field",
    ),
    (users(select={"nmae": True}), "FieldNotFoundError", "P2009", "select.nmae"),
    (users(omit={"nmae": True}), "FieldNotFoundError", "P2009", "omit.nmae"),
    (users(omit={"posts": True}), "FieldNotFoundError", "P2009", "omit.posts"),
    (
        users(select={"posts": {"select": {"nmae": True}}}),
        "FieldNotFoundError",
        "P2009",
        "select.posts.select.nmae",
    ),
    (users(select={"posts": {"were": {}}}), "FieldNotFoundError", "P2009", "select.posts.were"),
    (users(select={"manager": {"take": 1}}), "FieldNotFoundError", "P2009", "select.manager.take"),
    (users(omit={"id": True}, include={"pots": True}), "FieldNotFoundError", "P2009", "include.pots"),
    (
        users(select={"_count": {"select": {"manager": True}}}),
        "FieldNotFoundError",
        "P2009",
        "select._count.select.manager",
    ),
    (users(select={"_count": {"posts": True}}), "FieldNotFoundError", "P2009", "select._count.posts"),
    (
        users(select={"_count": {"select": {"posts": {"take": 1}}}}),
        "FieldNotFoundError",
        "P2009",
        "select._count.select.posts.take",
    ),
    (
        users(select={"_count": {"select": {"posts": {"where": {"x": 1}}}}}),
        "FieldNotFoundError",
        "P2009",
        "select._count.select.posts.where.x",
    ),
    (
        lambda db: db.note.find_many(select={"_count": True}),
        "FieldNotFoundError",
        "P2009",
        "select._count",
    ),
    (lambda db: db.user.aggregate(sum={"name": True}), "FieldNotFoundError", "P2009", "sum.name"),
    (lambda db: db.user.aggregate(max={"moods": True}), "FieldNotFoundError", "P2009", "max.moods"),
    (lambda db: db.user.aggregate(count={'a" --': True}), "FieldNotFoundError", "P2009", "count"),
    (samples({"data": {"path": ["a"], "like": SECRET}}), "FieldNotFoundError", "P2009", "where.data.like"),
    (samples({"data": {"path": ["a"], "in": [SECRET]}}), "FieldNotFoundError", "P2009", "where.data.in"),
    (samples({"text": {"path": ["a"], "equals": SECRET}}), "FieldNotFoundError", "P2009", "where.text.path"),
    (samples({"text": {"string_contains": SECRET}}), "FieldNotFoundError", "P2009", "where.text.string"),
]

WRONG_BELOW: list[Refusal] = [
    (users(order={"manager": None}), "InputError", "P2019", "order_by.manager"),
    (users(order={"manager": "asc"}), "InputError", "P2019", "order_by.manager"),
    (users(order={"manager": {"name": "up"}}), "InputError", "P2019", "order_by.manager.name"),
    (users(order={"posts": {"_count": "up"}}), "InputError", "P2019", "order_by.posts._count"),
    (users(order={"posts": "asc"}), "InputError", "P2019", "order_by.posts"),
    (
        users(order={"_relevance": {"fields": ["name"], "search": 1, "sort": "asc"}}),
        "InputError",
        "P2019",
        "order_by._relevance.search",
    ),
    (
        users(order={"_relevance": {"fields": ["name"], "search": "a\0", "sort": "asc"}}),
        "InputError",
        "P2019",
        "order_by._relevance.search",
    ),
    (
        users(order={"_relevance": {"fields": [], "search": SECRET, "sort": "asc"}}),
        "InputError",
        "P2019",
        "order_by._relevance.fields",
    ),
    (
        users(order={"_relevance": {"fields": ["name"], "search": SECRET}}),
        "InputError",
        "P2019",
        "order_by._relevance.sort",
    ),
    (users(select={}), "InputError", "P2019", "select"),
    (users(select={"id": False, "posts": None}), "InputError", "P2019", "select"),
    (users(select={"id": "yes"}), "InputError", "P2019", "select.id"),
    (users(select={"id": {}}), "InputError", "P2019", "select.id"),
    (users(select=["id"]), "InputError", "P2019", "select"),
    (users(select=True), "InputError", "P2019", "select"),
    (users(select={"posts": "yes"}), "InputError", "P2019", "select.posts"),
    (users(select={"posts": {"select": {}}}), "InputError", "P2019", "select.posts.select"),
    (users(select={"id": True}, include={"posts": True}), "InputError", "P2019", "include"),
    (users(select={"id": True}, omit={"name": True}), "InputError", "P2019", "omit"),
    (
        users(select={"posts": {"select": {"id": True}, "include": {"tags": True}}}),
        "InputError",
        "P2019",
        "select.posts.include",
    ),
    (
        users(select={"posts": {"select": {"id": True}, "omit": {"title": True}}}),
        "InputError",
        "P2019",
        "select.posts.omit",
    ),
    (users(omit={"id": 1}), "InputError", "P2019", "omit.id"),
    (
        lambda db: db.tag.find_many(omit={"id": True, "name": True}),
        "InputError",
        "P2019",
        "omit",
    ),
    (users(include={"_count": True}), "InputError", "P2019", "include._count"),
    (
        users(include={"posts": {"include": {"_count": True}}}),
        "InputError",
        "P2019",
        "include.posts.include._c",
    ),
    (users(include={"posts": {"select": {"id": True}}}), "InputError", "P2019", "include.posts.select"),
    (users(include={"posts": {"omit": {"id": True}}}), "InputError", "P2019", "include.posts.omit"),
    (users(select={"_count": {"select": {}}}), "InputError", "P2019", "select._count.select"),
    (users(select={"_count": {"select": {"posts": False}}}), "InputError", "P2019", "select._count.select"),
    (users(select={"_count": {}}), "InputError", "P2019", "select._count.select"),
    (users(select={"_count": "yes"}), "InputError", "P2019", "select._count"),
    (
        users(select={"_count": {"select": {"posts": {"where": {"title": 1}}}}}),
        "InputError",
        "P2019",
        "select._count.select.posts.where.title",
    ),
    (lambda db: db.user.aggregate(), "InputError", "P2019", "aggregate"),
    (lambda db: db.user.aggregate(where={"age": 1}, count=False), "InputError", "P2019", "count"),
    (lambda db: db.user.aggregate(sum=True), "InputError", "P2019", "sum"),
    (lambda db: db.user.aggregate(sum={}), "InputError", "P2019", "sum"),
    (lambda db: db.user.aggregate(sum={"age": False}, count=True), "InputError", "P2019", "sum"),
    (lambda db: db.user.aggregate(sum={"age": SECRET}), "InputError", "P2019", "sum.age"),
    (lambda db: db.user.aggregate(count=True, take="1"), "InputError", "P2019", "take"),
    (samples({"data": {"path": "a", "equals": SECRET}}), "InputError", "P2019", "where.data.path"),
    (samples({"data": {"path": [1], "equals": SECRET}}), "InputError", "P2019", "where.data.path"),
    (samples({"data": {"path": ["a\0"], "equals": SECRET}}), "InputError", "P2019", "where.data.path"),
    (samples({"data": {"path": ["a"]}}), "InputError", "P2019", "where.data.path"),
    (samples({"data": {"path": ["a"], "equals": {SECRET: 1}}}), "InputError", "P2019", "where.data.equals"),
    (samples({"data": {"path": ["a"], "equals": object}}), "InputError", "P2019", "where.data.equals"),
    (samples({"data": {"path": ["a"], "lt": True}}), "InputError", "P2019", "where.data.lt"),
    (samples({"data": {"path": ["a"], "lt": [1]}}), "InputError", "P2019", "where.data.lt"),
    (samples({"data": {"path": ["a"], "lt": None}}), "InputError", "P2019", "where.data.lt"),
    (samples({"data": {"path": ["a"], "string_contains": 1}}), "InputError", "P2019", "where.data.string_c"),
    (samples({"data": {"string_contains": "a\0"}}), "InputError", "P2019", "where.data.string_contains"),
    (samples({"data": {"path": ["a"], "equals": SECRET + "\0"}}), "InputError", "P2019", "where.data.equals"),
    (
        samples({"data": {"path": ["a"], "equals": "x", "mode": "insensitive"}}),
        "InputError",
        "P2019",
        "where.data.mode",
    ),
    (
        samples({"data": {"path": ["a"], "string_contains": "x", "mode": SECRET}}),
        "InputError",
        "P2019",
        "where.data.mode",
    ),
]

WRONG: list[Refusal] = [
    (users(where={"age": SECRET}), "InputError", "P2019", "where.age"),
    (users(where={"age": True}), "InputError", "P2019", "where.age"),
    (users(where={"age": {"in": SECRET}}), "InputError", "P2019", "where.age.in"),
    (users(where={"age": {"in": [1, SECRET]}}), "InputError", "P2019", "where.age.in"),
    (users(where={"age": {"in": [1, None]}}), "InputError", "P2019", "where.age.in"),
    (users(where={"age": {"lt": None}}), "InputError", "P2019", "where.age.lt"),
    (users(where={"email": None}), "InputError", "P2019", "where.email"),
    (users(where={"email": {"equals": None}}), "InputError", "P2019", "where.email.equals"),
    (users(where={"name": {"contains": 1}}), "InputError", "P2019", "where.name.contains"),
    (users(where={"name": {"contains": None}}), "InputError", "P2019", "where.name.contains"),
    (users(where={"name": {"equals": "x", "mode": SECRET}}), "InputError", "P2019", "where.name.mode"),
    (users(where={"age": {"equals": 1, "mode": "insensitive"}}), "InputError", "P2019", "where.age.mode"),
    (users(where={"mood": SECRET}), "InputError", "P2019", "where.mood"),
    (users(where={"mood": {"in": ["SAD", SECRET]}}), "InputError", "P2019", "where.mood.in"),
    (users(where={"moods": {"is_empty": "yes"}}), "InputError", "P2019", "where.moods.is_empty"),
    (users(where={"moods": {"has": None}}), "InputError", "P2019", "where.moods.has"),
    (users(where={"posts": SECRET}), "InputError", "P2019", "where.posts"),
    (users(where={"posts": {"some": SECRET}}), "InputError", "P2019", "where.posts.some"),
    (users(where={"posts": None}), "InputError", "P2019", "where.posts"),
    (users(where={"OR": {"age": 1}}), "InputError", "P2019", "where.OR"),
    (users(where={"AND": SECRET}), "InputError", "P2019", "where.AND"),
    (users(where=SECRET), "InputError", "P2019", "where"),
    (users(where=[{"age": 1}]), "InputError", "P2019", "where"),
    (users(order={"name": "up"}), "InputError", "P2019", "order_by.name"),
    (users(order={"name": {"sort": "asc", "nulls": "top"}}), "InputError", "P2019", "order_by.name.nulls"),
    (users(order="name"), "InputError", "P2019", "order_by"),
    (users(take="2"), "InputError", "P2019", "take"),
    (users(take=1.5), "InputError", "P2019", "take"),
    (users(take=2**63), "InputError", "P2019", "take"),
    (users(skip=-1), "InputError", "P2019", "skip"),
    (users(skip=True), "InputError", "P2019", "skip"),
    (users(include={"posts": {"skip": -1}}), "InputError", "P2019", "include.posts.skip"),
    (users(include={"posts": "yes"}), "InputError", "P2019", "include.posts"),
    (users(include={"posts": 1}), "InputError", "P2019", "include.posts"),
    (users(include=["posts"]), "InputError", "P2019", "include"),
    (users(distinct=[1]), "FieldNotFoundError", "P2009", "distinct"),
    (samples({"int": 2**31}), "InputError", "P2019", "where.int"),
    (samples({"small": 2**15}), "InputError", "P2019", "where.small"),
    (samples({"big": -(2**63) - 1}), "InputError", "P2019", "where.big"),
    (samples({"int": 1.0}), "InputError", "P2019", "where.int"),
    (samples({"float": SECRET}), "InputError", "P2019", "where.float"),
    (samples({"real": 1e39}), "InputError", "P2019", "where.real"),
    (samples({"exact": SECRET}), "InputError", "P2019", "where.exact"),
    (samples({"uuid": SECRET}), "InputError", "P2019", "where.uuid"),
    (samples({"uuid": {"contains": "1"}}), "FieldNotFoundError", "P2009", "where.uuid.contains"),
    (samples({"moment": SECRET}), "InputError", "P2019", "where.moment"),
    (samples({"bytes": SECRET}), "InputError", "P2019", "where.bytes"),
    (samples({"data": SECRET}), "InputError", "P2019", "where.data"),
    (samples({"flag": 1}), "InputError", "P2019", "where.flag"),
    (samples({"text": SECRET + "\0"}), "InputError", "P2019", "where.text"),
    (samples({"text": SECRET + "\ud800"}), "InputError", "P2019", "where.text"),
    (samples({"text": {"contains": "\0"}}), "InputError", "P2019", "where.text.contains"),
    (samples({"text": {"in": ["a", "\0"]}}), "InputError", "P2019", "where.text.in"),
    (samples({"words": {"has": "\udfff"}}), "InputError", "P2019", "where.words.has"),
    (lambda db: db.user.group_by(["mood"], having={"age": {"gt": 1}}), "InputError", "P2019", "having.age"),
    (lambda db: db.user.group_by(["mood"], order={"age": "asc"}), "InputError", "P2019", "order_by.age"),
    (lambda db: db.user.group_by([], count=True), "InputError", "P2019", "by"),
]

NOT_UNIQUE: list[Refusal] = [
    (lambda db: db.user.find_unique({}), "FieldNotFoundError", "P2009", "where"),
    (lambda db: db.user.find_unique({"age": 30}), "FieldNotFoundError", "P2009", "where"),
    (lambda db: db.user.find_unique({"id": None}), "FieldNotFoundError", "P2009", "where"),
    (lambda db: db.user.find_unique({"id": {"not": "u1"}}), "InputError", "P2019", "where.id"),
    (lambda db: db.like.find_unique({"userId": "u1"}), "FieldNotFoundError", "P2009", "where"),
    (
        lambda db: db.like.find_unique({"userId_postId": {"userId": "u1"}}),
        "FieldNotFoundError",
        "P2009",
        "where",
    ),
    (
        lambda db: db.like.find_unique({"userId_postId": {"userId": "u1", "postId": 1, "x": 1}}),
        "FieldNotFoundError",
        "P2009",
        "where.userId_postId.x",
    ),
    (
        lambda db: db.like.find_unique({"userId_postId": {"userId": "u1", "postId": {"gt": 0}}}),
        "InputError",
        "P2019",
        "where.userId_postId.postId",
    ),
    (lambda db: db.user.find_many(cursor={"age": 30}), "FieldNotFoundError", "P2009", "cursor"),
    (lambda db: db.user.delete({"age": 30}), "FieldNotFoundError", "P2009", "where"),
]


@pytest.mark.parametrize(
    ("call", "error", "code", "path"), [*UNKNOWN, *UNKNOWN_BELOW, *WRONG, *WRONG_BELOW, *NOT_UNIQUE]
)
async def test_bad_input_is_refused_before_anything_is_sent(
    rows: Any, sent: list[Any], blog: ModuleType, call: Any, error: str, code: str, path: str
) -> None:
    with pytest.raises(blog.errors.DataError) as caught:
        await call(rows)
    assert type(caught.value) is getattr(blog.errors, error)
    assert caught.value.code == code
    assert f"`{path}" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert sent == []


async def test_arguments_nested_too_deeply_are_refused(rows: Any, sent: list[Any], blog: ModuleType) -> None:
    where: dict[str, Any] = {"age": 30}
    for _ in range(10_000):
        where = {"NOT": [where]}
    with pytest.raises(blog.errors.DataError, match="nested too deeply"):
        await rows.user.find_many(where=where)
    assert sent == []


async def test_arguments_nested_deeply_are_read(rows: Any) -> None:
    where: dict[str, Any] = {"age": 30}
    for _ in range(60):
        where = {"NOT": [{"AND": [where]}]}
    assert await rows.user.count(where=where) == 2


async def test_a_missing_row_is_an_error_where_it_must_exist(rows: Any, blog: ModuleType) -> None:
    for call in (rows.user.find_unique_or_raise, rows.user.find_first_or_raise):
        with pytest.raises(blog.errors.RecordNotFoundError) as caught:
            await call(where={"id": SECRET})
        assert caught.value.code == "P2025"
        assert SECRET not in str(caught.value)


async def test_a_missing_row_is_none_where_it_need_not_exist(rows: Any) -> None:
    assert await rows.user.find_unique({"id": "nobody"}) is None
    assert await rows.user.find_first(where={"id": "nobody"}) is None
    assert await rows.user.find_many(where={"id": "nobody"}) == []
