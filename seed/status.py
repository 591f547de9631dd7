"""Say what of a profile is in a database, without writing anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lumi_db.scope import importing
from seed.compare import PartState, compare_part
from seed.data.access import ADMIN_EMAIL
from seed.others import Others
from seed.plan import ADMIN, Plan
from seed.profiles import Profile
from seed.strangers import describe_strangers

if TYPE_CHECKING:
    from lumi_db import Database
    from lumi_db.client import Prisma


@dataclass(frozen=True, slots=True)
class Status:
    """Hold the state of every part; `foreign` names rows that the profile did not make."""

    profile: str
    parts: tuple[PartState, ...]
    foreign: str

    @property
    def missing(self) -> int:
        """Count the rows that are not there."""
        return sum(part.missing for part in self.parts)

    @property
    def different(self) -> int:
        """Count the rows that have other values."""
        return sum(part.different for part in self.parts)

    @property
    def is_complete(self) -> bool:
        """Say whether all is there as the profile makes it."""
        return not self.missing and not self.different

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "profile": self.profile,
            "complete": self.is_complete,
            "foreign": self.foreign or None,
            "parts": [
                {
                    "name": part.name,
                    "expected": part.expected,
                    "there": part.there,
                    "missing": part.missing,
                    "different": part.different,
                    "example": part.example or None,
                }
                for part in self.parts
            ],
        }


async def read_status(
    db: Database, profile: Profile, plan: Plan, progress: Callable[[str, int, int], None] | None = None
) -> Status:
    """Read all rows of a plan that are there, a part at a time, and compare them."""
    states: dict[str, PartState] = {}
    others, client = Others(), db.client
    with importing():
        done = 0
        for part in plan.parts():
            state = await compare_part(client, part, others)
            states[part.name] = states[part.name].add(state) if part.name in states else state
            done += part.size
            if progress:
                progress(part.name, done, plan.size)
        if ADMIN in plan.wanted:
            states[ADMIN] = await _admin(client)
        foreign = await describe_strangers(client, plan.named, tag=plan.tag) if profile.is_shop else ""
    return Status(profile.name, tuple(states.values()), foreign)


async def _admin(client: Prisma) -> PartState:
    """Say whether the account and its role are there: its password and names are its own."""
    users = await client.user.count(where={"email": ADMIN_EMAIL})
    roles = await client.userrole.count(
        where={"user": {"is": {"email": ADMIN_EMAIL}}, "role": {"is": {"name": "admin"}}}
    )
    return PartState(ADMIN, 2, users + roles, 0)
