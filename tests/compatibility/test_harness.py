"""The comparison itself: it runs on every schema, and sees a difference where there is one."""

from __future__ import annotations

import pytest

from .dialect import Call
from .judge import Judge

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANN = {"id": "u1", "email": "ann@x", "age": 30}


async def test_the_clients_agree_on_a_row_and_what_is_stored(blog_judge: Judge) -> None:
    await blog_judge.reset("")
    await blog_judge.compare(
        [Call("User", "create", {"data": ANN}), Call("User", "find_many", {"order": {"id": "asc"}})]
    )


async def test_the_clients_agree_on_an_error(blog_judge: Judge) -> None:
    await blog_judge.reset("")
    create = Call("User", "create", {"data": ANN})
    await blog_judge.compare([create, create])


async def test_the_clients_agree_on_a_batch_that_fails(blog_judge: Judge) -> None:
    await blog_judge.reset("")
    create = Call("User", "create", {"data": ANN})
    await blog_judge.compare([create, create], at_once=True)


async def test_the_shop_and_the_native_types_are_compared_too(
    shop_judge: Judge, natives_judge: Judge
) -> None:
    await shop_judge.reset("")
    await shop_judge.compare([Call("Role", "create", {"data": {"name": "editor"}})])
    await natives_judge.reset("")
    await natives_judge.compare([Call("Everything", "create", {"data": {"uuid": None}})])


async def test_a_difference_in_answers_and_tables_is_seen(blog_judge: Judge) -> None:
    await blog_judge.reset("")
    await blog_judge.client.user.create(ANN)
    found = await blog_judge.differences(
        [Call("User", "update", {"where": {"id": "u1"}, "data": {"age": 1}})]
    )
    assert "P2025" in found[0]
    assert found[1].startswith("table public.users")
