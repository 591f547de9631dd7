"""Classes of a caller's own: derived from the client, and models that are asked by `Model.prisma(client)`."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from lumi_db.engine import in_process
from tests.engine.conftest import DATAMODEL


def derived_from(client: Any) -> Any:
    class Application(client):  # type: ignore[misc]
        def __init__(self, **arguments: Any) -> None:
            super().__init__(**arguments)
            self.users = Users(self)

    return Application


class Users:
    def __init__(self, client: Any) -> None:
        self._client = client

    async def add(self, email: str) -> None:
        await self._client.user.create({"email": email})


async def test_a_derived_class_has_all_actions_whichever_was_made_first(
    client_class: Any, client: Any, blog_url: str
) -> None:
    application = derived_from(client_class)
    for _ in range(2):
        async with application(datasource={"url": blog_url}, use_dotenv=False) as db:
            assert await db.user.aggregate(count=True) == {"_count": 0}
            assert await db.user.update({"name": "n"}, {"id": "nobody"}) is None
            assert await db.user.delete({"id": "nobody"}) is None
    async with client:
        assert await client.user.aggregate(count=True) == {"_count": 0}


async def test_what_a_derived_class_makes_is_in_its_transactions(client_class: Any, blog_url: str) -> None:
    async with derived_from(client_class)(datasource={"url": blog_url}, use_dotenv=False) as db:
        heard: list[Any] = []
        db.on_query(heard.append)
        with pytest.raises(ZeroDivisionError):
            await _add_and_fail(db)
        assert await db.user.count() == 0
        async with db.tx() as tx:
            await tx.users.add("b")
            assert await tx.locking("update").user.find_many(select={"email": True}) == [{"email": "b"}]
        assert [event.in_transaction for event in heard] == [True, False, True, True]


async def _add_and_fail(db: Any) -> None:
    async with db.tx() as tx:
        await tx.users.add("a")
        raise ZeroDivisionError


async def test_a_model_asks_a_client_with_all_actions(blog: ModuleType, db: Any) -> None:
    class Person(blog.models.User):  # type: ignore[name-defined,misc]
        @property
        def shown(self) -> str:
            return f"<{self.email}>"

    created = await Person.prisma(db).create_many_and_return([{"email": "a"}, {"email": "b"}])
    assert [one.shown for one in created] == ["<a>", "<b>"]
    assert await Person.prisma(db).find_many(select={"email": True}, take=1) == [{"email": "a"}]
    async with db.tx() as tx:
        await Person.prisma(tx).load_many([{"email": "c"}])
        assert await blog.models.User.prisma(tx).aggregate(count=True) == {"_count": 3}
    found = await Person.prisma(db.batching()).find_unique({"email": "c"})
    assert found.shown == "<c>"
    assert [one.shown async for one in Person.prisma(db).stream(take=1)] == ["<a>"]


async def test_a_model_may_have_no_place_for_a_relation(blog: ModuleType, db: Any) -> None:
    class Reader(blog.bases.BaseUser):  # type: ignore[name-defined,misc]
        email: str

    await db.user.create({"email": "a", "posts": {"create": [{"title": "t"}]}})
    include = {"posts": {"skip": 0}, "manager": True}
    assert await Reader.prisma(db).find_many(include=include) == [Reader(email="a")]
    assert (await Reader.prisma(db).create({"email": "b"}, include={"posts": True})).email == "b"


async def test_other_clients_of_the_package_keep_their_actions(blog: ModuleType, db: Any) -> None:
    plain = blog.Prisma(use_dotenv=False)
    assert not hasattr(plain.user, "aggregate")
    assert not hasattr(blog.models.User.prisma(plain), "aggregate")
    again = in_process(blog.Prisma, datamodel=DATAMODEL)(use_dotenv=False)
    assert type(again.user) is type(db.user)
