"""The shop's own schema, asked of both clients."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from .dialect import Call
from .judge import Judge
from .shop import reads, writes

pytestmark = pytest.mark.asyncio(loop_scope="session")

SEED = (Path(__file__).parent / "seeds" / "shop.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("call", reads.CASES, ids=str)
async def test_both_clients_read_the_same(shop_judge: Judge, call: Call) -> None:
    await shop_judge.reset(SEED)
    await shop_judge.compare([call])


@pytest.mark.parametrize("calls", writes.CASES.values(), ids=writes.CASES)
async def test_both_clients_write_the_same(shop_judge: Judge, calls: Sequence[Call]) -> None:
    await shop_judge.reset(SEED)
    await shop_judge.compare(calls)


@pytest.mark.parametrize("calls", writes.REFUSED_BY_CHECKS.values(), ids=writes.REFUSED_BY_CHECKS)
async def test_what_a_check_refuses_has_a_code_only_here(shop_judge: Judge, calls: Sequence[Call]) -> None:
    await shop_judge.reset(SEED)
    found = await shop_judge.differences(calls)
    assert len(found) == 1, "The tables differ."
    assert "here:   P2004" in found[0]
    assert "Prisma: no code" in found[0]
