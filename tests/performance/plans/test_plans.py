"""On a shop of 200,000 orders every read uses the indexes that are meant for it, and misses each that is taken away.

`make plans` does the same on a million. The shop is kept from run to run.
"""

from __future__ import annotations

import pytest

from benchmarks.plans.plans import find_idle, look_at_all
from benchmarks.plans.world import LONG, open_world


@pytest.mark.long
async def test_every_read_uses_its_indexes_and_every_index_is_missed() -> None:
    async with open_world(LONG) as world:
        looked = await look_at_all(world)
        assert {one.read.name: one.problems for one in looked if one.problems} == {}
        assert await find_idle(world, looked) == []
        # What was dropped is there again: each was undone.
        assert [one.problems for one in await look_at_all(world) if one.problems] == []
