"""What the owner of a client adds to every operation: rewrites, refused input, what updates assign, a setting."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from lumi_db.engine import Policies, QueryEvent, in_process
from lumi_db.engine.condition import AllOf, Compare
from lumi_db.engine.datamodel import Datamodel, Field, Model
from lumi_db.engine.operation import Assign, Find, Operation
from lumi_db.engine.operators import OPERATORS
from lumi_db.engine.sources import Constant
from tests.engine.conftest import DATAMODEL

Open = Callable[[Policies], Any]
room: ContextVar[str | None] = ContextVar("room", default=None)


@pytest.fixture
def opened(blog: ModuleType, blog_url: str) -> Open:
    """Give what opens a client of the blog with policies."""

    @asynccontextmanager
    async def open_client(policies: Policies) -> AsyncIterator[Any]:
        made = in_process(blog.Prisma, datamodel=DATAMODEL, policies=policies)
        async with made(datasource={"url": blog_url}, use_dotenv=False) as client:
            yield client

    return open_client


def only_adults(operation: Operation, datamodel: Datamodel, mode: Any) -> Operation:
    if not isinstance(operation, Find) or mode == "all":
        return operation
    age = datamodel.models["User"].fields["age"]
    adult = Compare(age, OPERATORS["gte"], Constant(18))
    return replace(operation, select=replace(operation.select, where=AllOf((operation.select.where, adult))))


def refuse_age(model: Model, field: Field, is_new: bool) -> str | None:
    return "it is measured; leave it out." if field.name == "age" and not is_new else None


def touch(model: Model) -> tuple[Assign, ...]:
    return (Assign(model.fields["age"], "increment", Constant(1)),) if model.name == "User" else ()


async def test_a_rewrite_sees_the_mode_and_its_plans_are_kept_apart(opened: Open) -> None:
    async with opened(Policies(rewrites=(only_adults,), mode=room.get)) as client:
        await client.user.create_many([{"email": "a", "age": 17}, {"email": "b", "age": 18}])
        for _ in range(2):
            assert [one.email for one in await client.user.find_many()] == ["b"]
            token = room.set("all")
            assert len(await client.user.find_many()) == 2
            room.reset(token)


async def test_refused_input_is_named_by_its_path(opened: Open, errors: Any) -> None:
    async with opened(Policies(refuse_input=refuse_age)) as client:
        await client.user.create({"id": "u", "email": "a", "age": 1})
        with pytest.raises(errors.InputError, match=r"`data\.age`: it is measured; leave it out\."):
            await client.user.update({"age": 2}, {"id": "u"})
        with pytest.raises(errors.InputError, match=r"`data\.age`"):
            await client.user.update_many({"age": 2}, {})
        with pytest.raises(errors.InputError, match=r"`update\.age`"):
            await client.user.upsert({"id": "u"}, {"create": {"email": "a"}, "update": {"age": 2}})
        nested = {"author": {"update": {"age": 2}}}
        await client.post.create({"id": 1, "title": "p", "authorId": "u"})
        with pytest.raises(errors.InputError, match=r"`data\.author\.update\.age`"):
            await client.post.update(nested, {"id": 1})


async def test_a_new_row_may_be_given_one_value(opened: Open, errors: Any) -> None:
    policies = Policies(new_value=lambda model, field: 7 if field.name == "age" else None)
    async with opened(policies) as client:
        assert (await client.user.create({"email": "a", "age": 7})).age == 7
        assert await client.user.create_many([{"email": "b", "age": 7}, {"email": "c"}]) == 2
        with pytest.raises(errors.InputError, match=r"`data\.age`: a new row has 7 here"):
            await client.user.create({"email": "d", "age": 8})
        with pytest.raises(errors.InputError, match=r"`data\.0\.age`: a new row has 7 here"):
            await client.user.create_many([{"email": "d", "age": 8}])


async def test_every_update_assigns_what_the_policies_say(opened: Open) -> None:
    async with opened(Policies(on_update=touch)) as client:
        await client.user.create_many(
            [{"id": "a", "email": "a", "age": 0}, {"id": "b", "email": "b", "age": 0}]
        )
        assert (await client.user.update({"name": "x"}, {"id": "a"})).age == 1
        await client.user.update_many({"name": "y"}, {"id": "a"})
        await client.user.update({"reports": {"connect": [{"id": "a"}]}}, {"id": "b"})
        await client.user.update({"manager": {"disconnect": True}}, {"id": "a"})
        await client.user.upsert({"id": "a"}, {"create": {"email": "a"}, "update": {"name": "z"}})
        ages = {one.id: one.age for one in await client.user.find_many()}
    assert ages == {"a": 5, "b": 0}


@pytest.fixture
def with_room(opened: Open) -> Any:
    return opened(Policies(setting=("blog.room", room.get)))


READ = "SELECT current_setting('blog.room', true) AS room FROM generate_series(1, 1)"


async def test_a_setting_costs_nothing_while_it_is_none(with_room: Any) -> None:
    async with with_room as client:
        seen: list[QueryEvent] = []
        client.on_query(seen.append)
        await client.user.create({"email": "a"})
        async with client.tx() as tx:
            await tx.user.create({"email": "b"})
        await client.execute_raw("SELECT 1")
    assert [one.sql.split()[0] for one in seen] == ["INSERT", "INSERT", "SELECT"]


async def test_a_write_alone_is_made_with_its_setting_in_one_transaction(with_room: Any) -> None:
    async with with_room as client:
        seen: list[QueryEvent] = []
        client.on_query(seen.append)
        room.set("kitchen")
        await client.user.create({"email": "a"})
        assert [one.in_transaction for one in seen] == [True, True]
        assert (await client.query_raw(READ))[0]["room"] in (None, "")


async def test_a_setting_is_emptied_for_a_task_that_has_none(with_room: Any) -> None:
    async with with_room as client, client.tx() as tx:
        token = room.set("kitchen")
        await tx.user.create({"email": "a"})
        room.reset(token)
        assert (await tx.query_raw(READ))[0]["room"] == "kitchen"
        await tx.user.create({"email": "b"})
        assert (await tx.query_raw(READ))[0]["room"] == ""


async def test_a_write_that_fails_leaves_the_connection_clean(with_room: Any, errors: Any) -> None:
    async with with_room as client:
        token = room.set("kitchen")
        await client.user.create({"email": "a"})
        with pytest.raises(errors.UniqueViolationError):
            await client.user.create({"email": "a"})
        room.reset(token)
        assert await client.user.count() == 1
        assert (await client.query_raw(READ))[0]["room"] in (None, "")
