"""Short rounds, in which all peers take turns: what disturbs the machine disturbs all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles

from .peers import Peer
from .peers.registry import BASELINE
from .plain import difference, plain
from .workloads import Workload
from .world import World

SECONDS_A_TURN = 0.025
WARM_UP = 0.4
Tell = Callable[[str], None]


class Disagreement(Exception):
    """Two peers gave different answers to the same call."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of two peers: its median over the rounds, and the quarters of the rounds below and above."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """The seconds of one call, for each peer and round."""

    workload: Workload
    seconds: Mapping[str, Sequence[float]]

    def median(self, peer: str) -> float:
        return median(self.seconds[peer])

    def ratio(self, peer: str, to: str = BASELINE) -> Ratio | None:
        """Compare two peers round by round; None where one of them has no such operation."""
        if peer not in self.seconds or to not in self.seconds:
            return None
        pairs = zip(self.seconds[peer], self.seconds[to], strict=True)
        ratios = [mine / its for mine, its in pairs]
        if len(ratios) < 2:
            return Ratio(ratios[0], ratios[0], ratios[0])
        low, middle, high = quantiles(ratios, n=4, method="inclusive")
        return Ratio(middle, low, high)


class Harness:
    """Measures workloads with open peers."""

    def __init__(
        self,
        world: World,
        peers: Sequence[Peer],
        *,
        rounds: int,
        seconds: float = SECONDS_A_TURN,
        warm_up: float = WARM_UP,
    ) -> None:
        self._world = world
        self._peers = peers
        self._rounds = rounds
        self._seconds = seconds
        self._warm_up = warm_up

    async def measure(self, workload: Workload) -> Measured:
        """Compare the answers, then take the time of every peer in every round. Raises Disagreement."""
        peers = self._of(workload)
        await self.agree(workload)
        calls = {peer.name: await self._calls(peer, workload) for peer in peers}
        seconds: dict[str, list[float]] = {peer.name: [] for peer in peers}
        with garbage_put_aside():
            for number in range(self._rounds):
                turn = number % len(peers)
                for peer in (*peers[turn:], *peers[:turn]):
                    taken = await self._turn(peer, workload, calls[peer.name])
                    seconds[peer.name].append(taken / calls[peer.name])
        return Measured(workload, seconds)

    async def agree(self, workload: Workload) -> None:
        """Ask every peer the same and compare. Raises Disagreement."""
        answers = {}
        for peer in self._of(workload):
            await self._make_ready(workload)
            (given,) = workload.inputs(self._world, 1)
            answers[peer.name] = plain(await peer.answer(workload.method, given), workload.shape)
            await self._tidy(workload)
        first, *others = answers.items()
        for name, answer in others:
            if found := difference(first[1], answer):
                raise Disagreement(f"{workload.title}: {first[0]} and {name} differ at {found}")

    def _of(self, workload: Workload) -> list[Peer]:
        return [peer for peer in self._peers if workload.method not in peer.lacks]

    async def _calls(self, peer: Peer, workload: Workload) -> int:
        """Warm the peer up, as long as its caches and V8's compiler may need, and return how many calls fill a turn."""
        calls = min(10 * workload.tasks, workload.most)
        spent = 0.0
        while True:
            taken = await self._turn(peer, workload, calls)
            spent += taken
            calls = self._filling(workload, taken / calls)
            if spent >= self._warm_up:
                return calls

    def _filling(self, workload: Workload, seconds: float) -> int:
        """Return how many calls of so many seconds fill a turn: two rounds of all tasks at least."""
        least = 1 if workload.tasks == 1 else 2 * workload.tasks
        return max(least, min(workload.most, int(self._seconds / seconds)))

    async def _turn(self, peer: Peer, workload: Workload, calls: int) -> float:
        await self._make_ready(workload)
        inputs = workload.inputs(self._world, calls)
        taken = await peer.run(workload.method, inputs, tasks=workload.tasks)
        await self._tidy(workload)
        return taken

    async def _make_ready(self, workload: Workload) -> None:
        if workload.needs_carts:
            await self._world.fill_carts()

    async def _tidy(self, workload: Workload) -> None:
        if workload.writes:
            await self._world.clean()


@contextmanager
def garbage_put_aside() -> Iterator[None]:
    """Let the collector look at what is made while measuring, and not at the libraries of all peers each time."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
