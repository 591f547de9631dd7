"""Name the profiles: which parts of the shop each of them seeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from seed.errors import UnknownProfile
from seed.stage import Stage, make_demo_stage, make_dev_stage, make_qa_stage
from seed.tables import Part


@dataclass(frozen=True, slots=True)
class Profile:
    """Describe a profile.

    `make_parts` is pure and makes everything but the administrator. `is_shop` says that it fills a shop,
    which is done only in a database of its own and never in production.
    """

    name: str
    summary: str
    make_parts: Callable[[], tuple[Part, ...]]
    is_shop: bool


def get_profile(name: str) -> Profile:
    """Return the profile of a name; raises `UnknownProfile`, which names the known ones."""
    if name not in PROFILES:
        known = ", ".join(sorted(PROFILES))
        raise UnknownProfile(f"There is no profile {name!r}: --profile takes one of {known}.")
    return PROFILES[name]


def _make_prod() -> tuple[Part, ...]:
    from seed.access import access_part

    return (access_part(),)


def _shop_on(make_stage: Callable[[], Stage]) -> Callable[[], tuple[Part, ...]]:
    def make_parts() -> tuple[Part, ...]:
        # The rows are made with the generated client's enums: `--list` and a wrong name do without it.
        from seed.shop import make_shop

        return make_shop(make_stage())

    return make_parts


_ALL = (
    Profile(
        "demo", "A fashion shop to show: 69 products, half a year of orders.", _shop_on(make_demo_stage), True
    ),
    Profile(
        "dev",
        "A small shop to work with: every status, a few weeks of orders.",
        _shop_on(make_dev_stage),
        True,
    ),
    Profile(
        "qa", "The demo's shop with 500 customers and ten times the orders.", _shop_on(make_qa_stage), True
    ),
    Profile("prod", "Roles, permissions and the administrator, nothing else.", _make_prod, False),
)

PROFILES = {profile.name: profile for profile in _ALL}
