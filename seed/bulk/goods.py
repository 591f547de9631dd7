"""Say what the product of a number is: the demo's articles again and again, each time a little dearer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from seed.data.article import Article
from seed.data.kinds import COLOURS, SIZES, Colour
from seed.data.products import ARTICLES
from seed.moments import OPENING

# A variant's number is its product's times this, and its place.
MOST_VARIANTS = 6
_COLOURS, _SIZES = 2, 3

# Of each twenty products, these are not for sale.
_DRAFT, _ARCHIVED, _DENIED, _TO_ORDER = 19, 18, 17, 16
_FOR_SALE = 17

_LAUNCHES = timedelta(days=80)
_STEP, _STEPS = 1_000, 20

# Spreads numbers over 32 bits (Knuth, The Art of Computer Programming, 6.4).
_SPREAD = 2_654_435_761

_TEMPLATES = tuple(article for article in ARTICLES if (article.status, article.policy) == ("ACTIVE", "TRACK"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Describe one colour and size of a product; amounts are cents of TRY."""

    number: int
    sku: str
    colour: Colour
    size: str
    price: int
    stock: int
    is_primary: bool

    @property
    def title(self) -> str:
        """Return the name shown beside the product's."""
        return f"{self.colour.turkish} / {self.size}"


@dataclass(frozen=True, slots=True)
class Good:
    """Describe one product; amounts are cents of TRY."""

    number: int
    article: Article
    status: str
    policy: str
    price: int
    compare_at: int | None
    pieces: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """Return the name of the product."""
        return f"{self.article.title} {self.number}"

    @property
    def slug(self) -> str:
        """Return the product's part of an address."""
        return f"{self.article.slug}-{self.number:06}"

    @property
    def launched(self) -> datetime:
        """Return when the product came into the shop: before the first order."""
        return OPENING + timedelta(seconds=self.number * 7_919 % int(_LAUNCHES.total_seconds()))


@lru_cache(maxsize=4_096)
def good_of(number: int) -> Good:
    """Return the product of a number."""
    article = _TEMPLATES[number % len(_TEMPLATES)]
    place = number % 20
    price = int(article.price.replace(".", "")) + number // len(_TEMPLATES) % _STEPS * _STEP
    policy = {_DENIED: "DENY", _TO_ORDER: "CONTINUE"}.get(place, "TRACK")
    return Good(
        number,
        article,
        {_DRAFT: "DRAFT", _ARCHIVED: "ARCHIVED"}.get(place, "ACTIVE"),
        policy,
        price,
        price + 20_000 if number % 5 == 0 else None,
        _pieces(number, article, price, policy),
    )


def for_sale(number: int) -> int:
    """Return the number, or where that product cannot be bought, the number of one near that can."""
    return number - 4 if number % 20 >= _FOR_SALE else number


def _pieces(number: int, article: Article, price: int, policy: str) -> tuple[Piece, ...]:
    kinds = [
        (colour, size) for colour in article.colours[:_COLOURS] for size in SIZES[article.sizes][:_SIZES]
    ]
    return tuple(
        Piece(
            number=number * MOST_VARIANTS + place,
            sku=f"QA-{number:06}-{place}",
            colour=COLOURS[colour],
            size=size,
            price=price,
            stock=_stock(number * MOST_VARIANTS + place, policy),
            is_primary=place == 0,
        )
        for place, (colour, size) in enumerate(kinds)
    )


def _stock(piece: int, policy: str) -> int:
    if policy == "DENY":
        return 0
    spread = piece * _SPREAD % 2**32
    roll, rest = spread % 100, spread // 100
    if policy == "CONTINUE":
        return 0 if piece % 2 == 0 else rest % 9
    if roll < 7:
        return 0
    return 1 + rest % 5 if roll < 18 else 8 + rest % 27
