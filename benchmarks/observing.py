"""What metrics, slow log and counts cost: the engine alone beside the engine with all that a `Database` listens to."""

from __future__ import annotations

from typing import Any, ClassVar

from prometheus_client import CollectorRegistry

from lumi_db import Settings
from lumi_db.client import client_class, options_from
from lumi_db.engine import ClientStatistics, EventHub
from lumi_db.observability import Incidents, observe
from lumi_db.observability.metrics import ClientMetrics

from .harness import Harness
from .peers.lumi import Lumi, settings_for
from .workloads import WORKLOADS
from .world import World

ROUNDS = 200


class ObservedLumi(Lumi):
    """The engine without policies, listened to as an application in production does."""

    name: ClassVar[str] = "lumi_observed"
    title: ClassVar[str] = "this client with metrics and slow log"

    async def open(self, url: str) -> None:
        settings = settings_for(url, self.connections)
        self.incidents = Incidents()
        client: Any = client_class(options_from(settings), None)(datasource={"url": url}, use_dotenv=False)
        client.share_events(listened_to(settings, self.incidents))
        self.client = client
        ClientMetrics.of(CollectorRegistry()).watch(self)
        await self.client.connect()

    def statistics(self) -> ClientStatistics | None:
        found: ClientStatistics = self.client.statistics()
        return found


def listened_to(settings: Settings, incidents: Incidents) -> EventHub:
    hub = EventHub()
    observe(hub, settings, incidents)
    return hub


async def measure_observing(world: World) -> dict[str, float]:
    """Return by how many per cent a find by id takes longer."""
    (work,) = (one for one in WORKLOADS if one.name == "find_by_id")
    alone, observed = Lumi(), ObservedLumi()
    await alone.open(world.url)
    await observed.open(world.url)
    try:
        measured = await Harness(world, [alone, observed], rounds=ROUNDS).measure(work)
    finally:
        await observed.close()
        await alone.close()
    ratio = measured.ratio(observed.name, alone.name)
    assert ratio is not None
    return {"observing": 100 * (ratio.median - 1)}
