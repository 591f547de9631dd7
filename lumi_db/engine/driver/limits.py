"""How large the pool may get and how long anything may take."""

from __future__ import annotations

from dataclasses import dataclass

from ..options import EngineOptions
from .url import Target

SWEEP_EVERY = 15.0


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """Sizes of the pool, and times in seconds.

    A connection older than `lifetime` is replaced when it comes back, one unused for `idle_lifetime` is
    closed while there are more than `minimum`. One unused for `probe_after` is tried before it is handed out,
    since a firewall may have dropped it without a word. `settle` bounds every cleaning of a connection
    (rollback, reset): one that is not clean by then is closed. A `wait` of None is without end, as
    `pool_timeout=0` asks for. Ages are looked at every `sweep_every`, and are no finer than that. One held for longer
    than `leak` by a transaction is reported.
    """

    minimum: int = 5
    maximum: int = 20
    connect: float = 5.0
    wait: float | None = 10.0
    settle: float = 5.0
    lifetime: float = 3600.0
    idle_lifetime: float = 300.0
    probe_after: float = 30.0
    sweep_every: float = SWEEP_EVERY
    leak: float | None = None


def limits_of(options: EngineOptions, *, target: Target) -> PoolLimits:
    """Join the options with the URL, whose parameters win; even `connect_timeout=0` is bounded, by 30 s."""
    maximum = target.connection_limit or options.pool_max
    wait = options.pool_timeout if target.pool_timeout is None else target.pool_timeout
    connect = options.connect_timeout if target.connect_timeout is None else target.connect_timeout
    ages = (options.connection_lifetime, options.idle_lifetime, options.leak_after)
    return PoolLimits(
        minimum=min(options.pool_min, maximum),
        maximum=maximum,
        connect=connect or 30.0,
        wait=wait or None,
        lifetime=options.connection_lifetime,
        idle_lifetime=options.idle_lifetime,
        sweep_every=min(SWEEP_EVERY, *(age / 4 for age in ages if age)),
        leak=options.leak_after,
    )
