"""Make the reviews: by people who bought the article and have it, and a few by others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random

from seed.catalogue import product_id
from seed.data.article import Article
from seed.data.reviews import OPINIONS, TEXTS, ReviewText
from seed.ids import make_id
from seed.media import customer_picture, media_id, review_asset
from seed.moments import AS_OF
from seed.orders import order_id
from seed.people import user_id
from seed.sales import Line, Sale, list_sales
from seed.schema import enums, inputs
from seed.stage import Stage
from seed.tables import Part, Table

_PICTURES = 8
_RATINGS = ((5, 4, 3, 2), (58, 28, 10, 4))


@dataclass(frozen=True, slots=True)
class Purchase:
    """Hold something delivered that can be reviewed, and when."""

    sale: Sale
    line: Line
    written: datetime

    @property
    def article(self) -> Article:
        """Return what was bought."""
        return self.line.variant.article

    @property
    def id(self) -> str:
        """Return the id of the review's row."""
        return make_id("Review", self.article.slug, self.sale.customer.email)


def reviews_part(stage: Stage) -> Part:
    """Make all reviews, and the pictures that come with some."""
    told = list(_told(stage))
    rows = [_verified(purchase, text) for purchase, text in told] + _opinions(stage)
    pictured = [purchase for purchase, text in told if text and text.rating >= 4][:_PICTURES]
    return Part(
        "reviews",
        (
            Table("review", rows),
            Table("media", [_picture(purchase) for purchase in pictured]),
            Table("reviewmedia", [_picture_link(purchase) for purchase in pictured]),
        ),
    )


@cache
def _purchases(stage: Stage) -> tuple[Purchase, ...]:
    """List what was delivered, once a person and article, with the day it would be reviewed."""
    found: dict[tuple[str, str], Purchase] = {}
    for sale in list_sales(stage):
        delivered = sale.times.delivered
        if delivered is None:
            continue
        for line in sale.lines:
            slug, email = line.variant.article.slug, sale.customer.email
            wait = timedelta(minutes=Random(f"wait {slug} {email}").randrange(2_000, 26_000))
            if delivered + wait < AS_OF:
                found.setdefault((slug, email), Purchase(sale, line, delivered + wait))
    return tuple(found.values())


def _told(stage: Stage) -> Iterator[tuple[Purchase, ReviewText | None]]:
    """Give each text to a purchase that it fits; some others leave a rating without words."""
    free = list(TEXTS)
    for purchase in sorted(_purchases(stage), key=lambda purchase: purchase.written):
        text = next((text for text in free if _fits(text, purchase.article)), None)
        roll = Random(f"review {purchase.id}").random()
        if text is not None and roll < 0.75:
            free.remove(text)
            yield purchase, text
        elif roll > 0.82:
            yield purchase, None


def _fits(text: ReviewText, article: Article) -> bool:
    if text.about in (article.slug, article.category):
        return True
    # What is said of a kind is said of grown-ups' clothes.
    return text.about == article.kind and not article.category.startswith("kids-")


def _verified(purchase: Purchase, text: ReviewText | None) -> inputs.ReviewCreateWithoutRelationsInput:
    chance = Random(f"votes {purchase.id}")
    is_fresh = purchase.written > AS_OF - timedelta(days=2)
    helpful = 0 if text is None or is_fresh else chance.randrange(24)
    return {
        "id": purchase.id,
        "productId": product_id(purchase.article.slug),
        "userId": user_id(purchase.sale.customer.email),
        "orderId": order_id(purchase.sale),
        "rating": text.rating if text else chance.choices(*_RATINGS)[0],
        "title": text.title if text else None,
        "content": text.content if text else None,
        "isVerifiedPurchase": True,
        "status": enums.ReviewStatus.PENDING if is_fresh and text else enums.ReviewStatus.APPROVED,
        "helpfulCount": helpful,
        "notHelpfulCount": helpful // 7,
        "createdAt": purchase.written,
        "updatedAt": purchase.written,
    }


def _opinions(stage: Stage) -> list[inputs.ReviewCreateWithoutRelationsInput]:
    written = AS_OF - timedelta(days=1, hours=4)
    return [
        {
            "id": make_id("Review", opinion.article, opinion.email),
            "productId": product_id(opinion.article),
            "userId": user_id(opinion.email),
            "rating": opinion.rating,
            "title": opinion.title,
            "content": opinion.content,
            "isVerifiedPurchase": False,
            "status": enums.ReviewStatus[opinion.status],
            "createdAt": written,
            "updatedAt": written,
        }
        for opinion in OPINIONS
        if stage.has_article(opinion.article)
        and stage.has_customer(opinion.email)
        and (opinion.article, opinion.email) not in _buyers(stage)
    ]


@cache
def _buyers(stage: Stage) -> frozenset[tuple[str, str]]:
    return frozenset(
        (line.variant.article.slug, sale.customer.email) for sale in list_sales(stage) for line in sale.lines
    )


def _picture(purchase: Purchase) -> inputs.MediaCreateWithoutRelationsInput:
    variant, email = purchase.line.variant, purchase.sale.customer.email
    return customer_picture(purchase.article, variant.colour_key, email, purchase.written)


def _picture_link(purchase: Purchase) -> inputs.ReviewMediaCreateWithoutRelationsInput:
    return {
        "reviewId": purchase.id,
        "mediaId": media_id(review_asset(purchase.article, purchase.sale.customer.email)),
        "createdAt": purchase.written,
        "updatedAt": purchase.written,
    }
