"""The world that `make bench` measures, on a database of the tests, and the two peers that need no more packages."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from pydantic import SecretStr

from benchmarks.peers.asyncpg_by_hand import AsyncpgByHand
from benchmarks.peers.lumi import LumiWithPolicies
from benchmarks.world import World, on_database
from lumi_db import Database, Settings
from seed.runner import run_seed


@pytest_asyncio.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with Database(Settings(database_url=SecretStr(database_url))) as db:
        await run_seed(db, profile="dev")
    async with on_database(database_url) as world:
        yield world


@pytest_asyncio.fixture
async def by_hand(world: World) -> AsyncIterator[AsyncpgByHand]:
    peer = AsyncpgByHand(connections=2)
    await peer.open(world.url)
    yield peer
    await peer.close()


@pytest_asyncio.fixture
async def shop(world: World) -> AsyncIterator[LumiWithPolicies]:
    peer = LumiWithPolicies(connections=2)
    await peer.open(world.url)
    yield peer
    await peer.close()
