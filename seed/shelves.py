"""Say what hangs on the shelves on a day, and how much someone wants it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from random import Random

from seed.data.article import Article
from seed.moments import TURKEY
from seed.stage import Stage
from seed.variants import Variant, stock_of, variants_of

# How well a season's articles sell, by month.
_SEASONS = {
    "summer": {4: 2.0, 5: 3.0, 6: 3.5, 7: 3.0, 8: 1.2, 9: 0.3},
    "winter": {4: 0.1, 5: 0.1, 6: 0.1, 7: 0.1, 8: 1.5, 9: 3.0},
}

# The day the archived articles left the shop.
_ARCHIVED = "2026-08-30"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Hold what can be bought and how much each of it is wanted."""

    articles: tuple[Article, ...]
    weights: tuple[float, ...]


def on_sale(stage: Stage, likes: str, moment: datetime) -> Shelf:
    """Return what is on sale at a moment for someone who likes a department."""
    return _shelf(stage, likes, moment.astimezone(TURKEY).date().isoformat())


@cache
def _shelf(stage: Stage, likes: str, date: str) -> Shelf:
    articles = tuple(article for article in stage.articles if _is_on_sale(article, date))
    return Shelf(articles, tuple(_wish(article, likes, date) for article in articles))


def _is_on_sale(article: Article, date: str) -> bool:
    if article.status == "DRAFT" or article.launched >= date:
        return False
    return article.status == "ACTIVE" or date < _ARCHIVED


def _wish(article: Article, likes: str, date: str) -> float:
    season = _SEASONS.get(article.season, {}).get(int(date[5:7]), 1.0)
    return season * (8.0 if article.category.startswith(f"{likes}-") else 1.0)


def choose_variant(article: Article, chance: Random) -> Variant:
    """Choose a colour and size: the first colour and the middle sizes more often."""
    variants = variants_of(article)
    weights = [
        (2 if variant.colour_key == article.colours[0] else 1) * (4 - variant.rank) for variant in variants
    ]
    return chance.choices(variants, weights)[0]


def find_made_to_order(stage: Stage) -> Variant:
    """Return a variant that is sold out and can still be ordered."""
    return next(
        variant
        for article in stage.articles
        if article.policy == "CONTINUE"
        for variant in variants_of(article)
        if stock_of(variant) == 0
    )
