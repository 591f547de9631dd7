"""Lay out an article's variants: one for each pair of colour and size."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from seed.data.article import Article
from seed.data.kinds import COLOURS, KINDS, SIZES, Colour
from seed.data.products import ARTICLES
from seed.ids import make_id


@dataclass(frozen=True, slots=True)
class Variant:
    """Describe one colour and size of an article; `rank` is the size's distance from the middle one."""

    article: Article
    colour_key: str
    size: str
    sku: str
    rank: int
    is_primary: bool

    @property
    def id(self) -> str:
        """Return the id of the variant's row."""
        return make_id("ProductVariant", self.sku)

    @property
    def colour(self) -> Colour:
        """Return the colour's names and looks."""
        return COLOURS[self.colour_key]

    @property
    def price(self) -> Decimal:
        """Return the price of one piece in TRY."""
        return Decimal(self.article.price)

    @property
    def title(self) -> str:
        """Return the name shown beside the article's, for example `Siyah / M`."""
        return f"{self.colour.turkish} / {self.size}" if self.size != "Standart" else self.colour.turkish

    @property
    def attributes(self) -> dict[str, str]:
        """Return what makes the variant differ from its siblings."""
        return {"color": self.colour.turkish, "colorHex": self.colour.hex, "size": self.size}


@cache
def product_skus() -> dict[str, str]:
    """Number the articles within their kind: `LM-ELB-001` is the first dress."""
    counts: dict[str, int] = {}
    skus = {}
    for article in ARTICLES:
        code = KINDS[article.kind].code
        counts[code] = counts.get(code, 0) + 1
        skus[article.slug] = f"LM-{code}-{counts[code]:03}"
    return skus


@cache
def variants_of(article: Article) -> tuple[Variant, ...]:
    """List the variants of an article, colours first."""
    sizes = SIZES[article.sizes]
    middle = (len(sizes) - 1) // 2
    return tuple(
        Variant(
            article=article,
            colour_key=colour,
            size=size,
            sku=_sku(article, colour, size),
            rank=abs(place - middle),
            is_primary=colour == article.colours[0] and place == middle,
        )
        for colour in article.colours
        for place, size in enumerate(sizes)
    )


def _sku(article: Article, colour: str, size: str) -> str:
    base = f"{product_skus()[article.slug]}-{COLOURS[colour].code}"
    if size == "Standart":
        return base
    return f"{base}-{size.removesuffix(' Yaş').replace('-', '')}"


def stock_of(variant: Variant) -> int:
    """Return how many pieces can be sold: middle sizes more, a few low, a few none."""
    if variant.article.policy == "DENY":
        return 0
    chance = Random(f"stock {variant.sku}")
    roll = chance.random()
    if roll < 0.07:
        return 0
    if roll < 0.18:
        return chance.randint(1, 5)
    return chance.randint(8, 34) - 2 * variant.rank
