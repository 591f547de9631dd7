"""Everyone does the same work: answers are compared before time is taken."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.harness import Disagreement, Harness
from benchmarks.peers.asyncpg_by_hand import AsyncpgByHand
from benchmarks.peers.lumi import Lumi, LumiWithPolicies
from benchmarks.workloads import WORKLOADS
from benchmarks.world import World


async def test_this_client_and_the_work_by_hand_agree_in_every_workload(
    world: World, by_hand: AsyncpgByHand, shop: LumiWithPolicies
) -> None:
    lumi = Lumi(connections=2)
    await lumi.open(world.url)
    harness = Harness(world, [by_hand, lumi, shop], rounds=1)
    try:
        for workload in WORKLOADS:
            await harness.agree(workload)
    finally:
        await lumi.close()


async def test_a_peer_that_leaves_out_a_part_of_the_work_is_not_measured(
    world: World, by_hand: AsyncpgByHand, shop: LumiWithPolicies
) -> None:
    class Lazy(AsyncpgByHand):
        async def page_of_20(self, skip: int) -> Any:
            page = await by_hand.answer("page_of_20", skip)
            page[7].variants.pop()
            return page

    (work,) = [one for one in WORKLOADS if one.name == "page_of_20"]
    with pytest.raises(Disagreement, match=r"lumi_policies and asyncpg differ at answer\.7\.variants"):
        await Harness(world, [shop, Lazy(connections=2)], rounds=1).agree(work)


async def test_a_round_takes_the_time_of_every_peer_and_leaves_nothing_behind(
    world: World, by_hand: AsyncpgByHand, shop: LumiWithPolicies
) -> None:
    works = [one for one in WORKLOADS if one.name in ("find_by_id", "checkout", "tasks_16")]
    harness = Harness(world, [by_hand, shop], rounds=2, seconds=0.001, warm_up=0)
    for work in works:
        measured = await harness.measure(work)
        assert {name: len(seconds) for name, seconds in measured.seconds.items()} == {
            "asyncpg": 2,
            "lumi_policies": 2,
        }
    (left,) = await world.fetch("""SELECT count(*) FROM "Order" WHERE "userId" LIKE 'bench-%'""")
    assert left[0] == 0
