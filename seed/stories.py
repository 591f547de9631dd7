"""Tell how a sale goes: when it was paid, packed, shipped, delivered or called off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from random import Random

from seed.moments import AS_OF

# How long an unpaid order waits before the sweep calls it off.
ORDER_TTL = timedelta(hours=24)


class Story(Enum):
    """Name the ways a sale can go."""

    CARD = "paid by card"
    WALLET = "paid with PayPal"
    RETRY = "the first card was refused, the second one paid"
    TRANSFER = "paid by bank transfer, some hours later"
    DECLINED = "the card was refused and nobody tried again"
    REGRET = "paid, then called off before it was shipped"
    RETURN = "delivered; one of several articles came back"
    BACK_ORDER = "paid by card for something sold out that is made to order"
    REVIEW = "the amount is held while the provider looks at it"

    @staticmethod
    def weights() -> tuple[list["Story"], list[int]]:
        """Return the stories of an ordinary sale and how common they are."""
        chosen = {
            Story.CARD: 68,
            Story.WALLET: 6,
            Story.RETRY: 6,
            Story.TRANSFER: 7,
            Story.DECLINED: 4,
            Story.REGRET: 4,
            Story.RETURN: 5,
        }
        return list(chosen), list(chosen.values())

    @staticmethod
    def open_ends() -> tuple[tuple[timedelta, "Story"], ...]:
        """Return the last sales, by how long ago they were: fresh ones, and one of each kind unpaid."""
        return (
            (timedelta(hours=21, minutes=43), Story.CARD),
            (timedelta(hours=18, minutes=6), Story.CARD),
            (timedelta(hours=14, minutes=31), Story.CARD),
            (timedelta(hours=11, minutes=52), Story.DECLINED),
            (timedelta(hours=4, minutes=18), Story.WALLET),
            (timedelta(hours=2, minutes=57), Story.TRANSFER),
            (timedelta(hours=1, minutes=25), Story.REVIEW),
            (timedelta(minutes=38), Story.BACK_ORDER),
        )

    @property
    def is_cancelled(self) -> bool:
        """Say whether a sale of this kind ends without goods."""
        return self in (Story.DECLINED, Story.REGRET)


@dataclass(frozen=True, slots=True)
class Times:
    """Hold the instants of a sale, in order; None is what has not happened by the fixed day."""

    placed: datetime
    paid: datetime | None = None
    fulfilled: datetime | None = None
    shipped: datetime | None = None
    delivered: datetime | None = None
    cancelled: datetime | None = None

    @property
    def last(self) -> datetime:
        """Return when something last happened."""
        return max((self.placed, *self._taken()))

    @property
    def steps(self) -> int:
        """Count how often the order has changed since it was placed."""
        return len(self._taken())

    def _taken(self) -> list[datetime]:
        steps = (self.paid, self.fulfilled, self.shipped, self.delivered, self.cancelled)
        return [step for step in steps if step is not None]


def tell(story: Story, placed: datetime, chance: Random) -> tuple[Times, str]:
    """Return the instants of a sale up to the fixed day, and the status it has reached then."""
    paid = placed + _time_to_pay(story, chance)
    fulfilled = paid + _hours(chance, 8, 30)
    shipped = fulfilled + _hours(chance, 2, 20)
    delivered = shipped + _hours(chance, 22, 70)
    match story:
        case Story.DECLINED:
            times = Times(placed, cancelled=_past(placed + ORDER_TTL))
        case Story.REVIEW:
            times = Times(placed)
        case Story.REGRET:
            called_off = _past(paid + _hours(chance, 1, 7))
            times = Times(placed, _past(paid), cancelled=called_off)
        case _:
            times = Times(placed, _past(paid), _past(fulfilled), _past(shipped), _past(delivered))
    return times, _status(times)


def _time_to_pay(story: Story, chance: Random) -> timedelta:
    if story is Story.TRANSFER:
        return _hours(chance, 4, 20)
    minutes = 6 if story is Story.RETRY else 1
    return timedelta(minutes=minutes, seconds=chance.randrange(20, 150))


def _hours(chance: Random, least: int, most: int) -> timedelta:
    return timedelta(seconds=chance.randrange(least * 3600, most * 3600))


def _past(moment: datetime) -> datetime | None:
    return moment if moment <= AS_OF else None


def _status(times: Times) -> str:
    steps = (
        ("CANCELLED", times.cancelled),
        ("DELIVERED", times.delivered),
        ("SHIPPED", times.shipped),
        ("FULFILLED", times.fulfilled),
        ("PAID", times.paid),
    )
    return next((status for status, moment in steps if moment is not None), "PENDING")
