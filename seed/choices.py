"""Hold what a person may choose of a profile's rows; without a choice they are the same bytes on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from seed.bulk.world import SCALE_1, Size
from seed.errors import BadChoice
from seed.moments import AS_OF
from seed.moving import shift_to

LOCALES = ("tr", "en")
USUAL_DAY = AS_OF.date()


def read_day(given: str) -> date:
    """Return the day that was typed. Raises `BadChoice`."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise BadChoice("--as-of takes a day like 2026-10-01.") from None


@dataclass(frozen=True, slots=True)
class Choices:
    """Hold the choices: `seed` plays other orders, `as_of` is the day the shop's story ends.

    `locale` is the language that comes first, `size` is for the profile qa alone. Raises `BadChoice`.
    """

    seed: int = 0
    as_of: date = USUAL_DAY
    locale: str = "tr"
    size: Size = SCALE_1

    def __post_init__(self) -> None:
        """Refuse what makes no shop."""
        if self.locale not in LOCALES:
            raise BadChoice(f"--locale takes one of {', '.join(LOCALES)}.")
        if self.as_of > date.today():  # noqa: DTZ011  # createdAt may not be in the future on this machine
            raise BadChoice("--as-of is in the future, where no row may be: give a day that is over.")
        if min(self.size.products, self.size.customers) < 1 or self.size.orders < 0:
            raise BadChoice("--products and --customers take 1 and more, --orders takes 0 and more.")

    @property
    def shift(self) -> timedelta:
        """Return how far instants move."""
        return shift_to(self.as_of)

    @property
    def plot(self) -> str:
        """Return what names the choices in keys of rows; empty where nothing was chosen."""
        chosen = {"seed": self.seed, "as-of": self.as_of.isoformat(), "locale": self.locale}
        usual = {"seed": 0, "as-of": USUAL_DAY.isoformat(), "locale": "tr"}
        return " ".join(f"{name} {value}" for name, value in chosen.items() if value != usual[name])
