"""A customer reviews a product; who bought it is told apart."""

from __future__ import annotations

from typing import Any

from lumi_db.repositories.reviews import BOUGHT
from lumi_db.shop import Shop
from lumi_db.translation import in_shop_words


async def submit_review(
    shop: Shop,
    *,
    user_id: str,
    product_id: str,
    rating: int,
    title: str | None = None,
    content: str | None = None,
) -> Any:
    """Write a review to be moderated; a verified purchase where an order of the user that was paid holds the product.

    Raises as ReviewRepository.submit.
    """

    async def work(inside: Shop) -> Any:
        tables: Any = inside.client
        with in_shop_words("Order"):
            order = await tables.order.find_first(
                where={
                    "userId": user_id,
                    "status": {"in": list(BOUGHT)},
                    "items": {"some": {"productId": product_id}},
                },
                order={"createdAt": "desc"},
            )
        return await inside.reviews.submit(
            user_id=user_id,
            product_id=product_id,
            rating=rating,
            title=title,
            content=content,
            order_id=order.id if order else None,
        )

    return await shop.run(work)
