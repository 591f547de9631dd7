"""Answers for the columns of the reviews models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Integer, Row, Time, Yes


class ReviewRow(Row):
    """The columns of Review."""

    of_model: ClassVar[str] = "Review"

    id: str
    product_id: str
    user_id: str | None
    order_id: str | None
    rating: Integer
    title: str | None
    content: str | None
    is_verified_purchase: Yes
    status: enums.ReviewStatus
    helpful_count: Integer
    not_helpful_count: Integer
    deleted_at: Time | None
    created_at: Time
    updated_at: Time
