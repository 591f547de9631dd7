"""Name the profiles: which parts of the shop each of them seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from seed.choices import Choices
from seed.errors import UnknownProfile
from seed.moving import move
from seed.plan import ADMIN, Plan
from seed.stage import Stage, make_demo_stage, make_dev_stage
from seed.tables import Part


@dataclass(frozen=True, slots=True)
class Profile:
    """Describe a profile.

    `is_shop` says that it fills a shop, which is done only in a database of its own, and in production only
    where that is said to be meant.
    """

    name: str
    summary: str
    make: Callable[[Choices], Plan]
    is_shop: bool

    def plan(self, choices: Choices | None = None) -> Plan:
        """Plan everything but the administrator; pure."""
        chosen = choices or Choices()
        plan = self.make(chosen)

        def moved() -> Iterator[Part]:
            return (move(part, chosen.shift) for part in plan.make_parts())

        return replace(plan, make_parts=moved)


def get_profile(name: str) -> Profile:
    """Return the profile of a name; raises `UnknownProfile`, which names the known ones."""
    if name not in PROFILES:
        known = ", ".join(sorted(PROFILES))
        raise UnknownProfile(f"There is no profile {name!r}: --profile takes one of {known}.")
    return PROFILES[name]


# The rows are made with the generated client's enums: `--list` and a wrong name do without it.


def _plan_prod(_: Choices) -> Plan:
    from seed.access import access_part

    return _whole((access_part(),), {"access": (), ADMIN: ("access",)})


def _plan_demo(choices: Choices) -> Plan:
    return _plan_stage(make_demo_stage(choices.plot), choices)


def _plan_dev(choices: Choices) -> Plan:
    return _plan_stage(make_dev_stage(choices.plot), choices)


def _plan_stage(stage: Stage, choices: Choices) -> Plan:
    from seed.locales import translate
    from seed.shop import NEEDS, NEEDS_OF_DEV, make_shop

    needs = NEEDS_OF_DEV if stage.name == "dev" else NEEDS
    return _whole(tuple(translate(part, choices.locale) for part in make_shop(stage)), needs)


def _plan_qa(choices: Choices) -> Plan:
    from seed.bulk.shop import plan_bulk
    from seed.bulk.world import World
    from seed.locales import translate

    plan = plan_bulk(World(choices.size, choices.seed, choices.plot))

    def translated() -> Iterator[Part]:
        return (translate(part, choices.locale) for part in plan.make_parts())

    return replace(plan, make_parts=translated)


def _whole(parts: tuple[Part, ...], needs: dict[str, tuple[str, ...]]) -> Plan:
    return Plan(lambda: parts, sum(part.size for part in parts), needs, parts).choose()


_ALL = (
    Profile("demo", "A fashion shop to show: 69 products, half a year of orders.", _plan_demo, True),
    Profile("dev", "A small shop to work with: every status, a few weeks of orders.", _plan_dev, True),
    Profile(
        "qa", "A shop of any size: 1,000 products and 20,000 orders for each of --scale.", _plan_qa, True
    ),
    Profile("prod", "Roles, permissions and the administrator, nothing else.", _plan_prod, False),
)

PROFILES = {profile.name: profile for profile in _ALL}
