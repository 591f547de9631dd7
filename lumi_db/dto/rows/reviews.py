"""Answers for the columns of the reviews models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Row, Truth, WireInstant, WireInteger


class ReviewRow(Row):
    """The columns of Review."""

    of_model: ClassVar[str] = "Review"

    id: str
    product_id: str
    user_id: str | None
    order_id: str | None
    rating: WireInteger
    title: str | None
    content: str | None
    is_verified_purchase: Truth
    status: enums.ReviewStatus
    helpful_count: WireInteger
    not_helpful_count: WireInteger
    deleted_at: WireInstant | None
    created_at: WireInstant
    updated_at: WireInstant
