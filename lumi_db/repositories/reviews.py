"""Reviews: one a user and product; shown once a moderator has approved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from lumi_db.dto.base import parse
from lumi_db.dto.reviews import ReviewCreate, ReviewUpdate
from lumi_db.errors import StatusError, ValidationError
from lumi_db.money import round_cents
from lumi_db.scope import with_deleted
from lumi_db.translation import in_shop_words

from .arguments import read_flag
from .base import Data
from .links import Links, Verb, WithMedia, change_links
from .pages import CursorPage

if TYPE_CHECKING:
    from lumi_db.types import Review

BOUGHT = ("PAID", "FULFILLED", "SHIPPED", "DELIVERED")
"""The statuses of an order that proves a purchase."""

Verdict = Literal["APPROVED", "REJECTED"]


@dataclass(frozen=True, slots=True)
class RatingSummary:
    """The approved reviews of a product: how many, their average to two places, and how many of each rating."""

    count: int
    average: Decimal | None
    by_rating: dict[int, int]


class ReviewRepository(WithMedia["Review"]):
    """What users think of products. A review with new pictures waits for a moderator again."""

    entity = "Review"
    media_links = Links(
        junction="ReviewMedia",
        owner="Review",
        owner_key="reviewId",
        target="Media",
        target_key="mediaId",
        argument="media_ids",
        place="sortOrder",
    )
    update_model = ReviewUpdate
    written_by = "submit, or submit_review of lumi_db.workflows.reviews"

    async def submit(
        self,
        *,
        user_id: str,
        product_id: str,
        rating: int,
        title: str | None = None,
        content: str | None = None,
        order_id: str | None = None,
    ) -> Review:
        """Write a user's review, to be moderated; one that the user deleted is written anew in the same row.

        `order_id` is the order that proves the purchase: one of the user that was paid and holds the product. Raises
        ValidationError, ConflictError if there is a live one, RelatedRecordError.
        """
        given = parse(
            ReviewCreate,
            {
                "userId": user_id,
                "productId": product_id,
                "rating": rating,
                "title": title,
                "content": content,
            },
        ).data()
        key = {"userId": given.pop("userId"), "productId": given.pop("productId")}
        values = {**given, "orderId": order_id, "isVerifiedPurchase": order_id is not None}
        revived = {**values, "status": "PENDING", "deletedAt": None, "helpfulCount": 0, "notHelpfulCount": 0}
        async with self._transaction() as tx:
            if order_id is not None:
                await _check_purchase(tx, order_id, key)
            reviews = ReviewRepository(tx)
            with with_deleted(), in_shop_words(self.entity):
                count = await reviews.rows.update_many(revived, {**key, "NOT": [{"deletedAt": None}]})
            if not count:
                return await reviews._insert({**key, **values})
            found = await reviews._find_unique({"userId_productId": key})
        return self._there(found)

    async def update(
        self,
        id: str,  # noqa: A002 - the schema's name
        data: Data,
        *,
        version: int | None = None,
        include: Mapping[str, Any] | None = None,
    ) -> Review:
        """Change a review; it waits for a moderator again. Raises ValidationError, NotFoundError."""
        values = {**self._data(self.update_model, data), "status": "PENDING"}
        return await self._set(id, values, version=version, include=include)

    async def moderate(self, id: str, verdict: Verdict) -> Review:  # noqa: A002
        """Show a review, or not. Raises StatusError if this was said of it before, NotFoundError."""
        if verdict not in ("APPROVED", "REJECTED"):
            message = "verdict must be APPROVED or REJECTED."
            raise ValidationError(message, entity=self.entity, fields=("verdict",))
        async with self._transaction() as tx:
            reviews = ReviewRepository(tx)
            with in_shop_words(self.entity):
                count = await reviews.rows.update_many(
                    {"status": verdict}, {"id": id, "status": {"not": verdict}}
                )
            review = await reviews.get(id)
            if not count:
                raise StatusError(f"The review is {verdict} already.", entity=self.entity, fields=("status",))
            return review

    async def vote(self, id: str, *, is_helpful: bool) -> Review:  # noqa: A002
        """Count one reader's opinion; who may vote how often is the caller's to know. Raises NotFoundError."""
        counter = "helpfulCount" if read_flag(is_helpful, "is_helpful") else "notHelpfulCount"
        return await self._set(id, {counter: {"increment": 1}})

    async def list_approved(
        self, product_id: str, *, after: str | None = None, before: str | None = None, size: int = 20
    ) -> CursorPage[Review]:
        """Return the reviews that customers see of a product, the newest first, with their media; one statement."""
        where = {"productId": product_id, "status": "APPROVED"}
        include = {"media": {"include": {"media": True}}}
        return await self.cursor_page(after=after, before=before, size=size, where=where, include=include)

    async def rating_summary(self, product_id: str) -> RatingSummary:
        """Sum up what customers see of a product, in one statement."""
        with in_shop_words(self.entity):
            rows = await self.rows.group_by(
                ["rating"], count=True, where={"productId": product_id, "status": "APPROVED"}
            )
        counts = {row["rating"]: row["_count"]["_all"] for row in rows}
        count = sum(counts.values())
        total = sum(rating * number for rating, number in counts.items())
        average = round_cents(Decimal(total) / count) if count else None
        return RatingSummary(count, average, {rating: counts.get(rating, 0) for rating in range(1, 6)})

    async def _change_media(self, id_: str, verb: Verb, media_ids: Sequence[str]) -> list[str]:
        async with self._transaction() as tx:
            listed, has_new = await change_links(tx, self.media_links, id_, verb, media_ids)
            if has_new:
                await ReviewRepository(tx)._set(id_, {"status": "PENDING"})
            return listed


async def _check_purchase(tx: Any, order_id: str, key: Mapping[str, str]) -> None:
    with in_shop_words("Order"):
        found = await tx.order.count(
            where={
                "id": order_id,
                "userId": key["userId"],
                "status": {"in": list(BOUGHT)},
                "items": {"some": {"productId": key["productId"]}},
            }
        )
    if not found:
        message = "order_id must be an order of this user that was paid and holds the product."
        raise ValidationError(message, entity="Review", fields=("orderId",))
