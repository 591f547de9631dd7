"""Answers about reviews; what makes them of rows, and what of them may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from lumi_db.dto.responses.media import ReviewMediaResponse
from lumi_db.dto.reviews import ReviewUpdate
from lumi_db.dto.row import is_row
from lumi_db.dto.rows.reviews import ReviewRow

if TYPE_CHECKING:
    from lumi_db.types import Review


class ReviewResponse(ReviewRow):
    """What a user thinks of a product."""

    media: list[ReviewMediaResponse] | None = None


def to_review_response(row: Review) -> ReviewResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return ReviewResponse.of(row)


def to_review_update(answer: ReviewResponse) -> ReviewUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(ReviewUpdate)


def is_review(value: object) -> TypeGuard[Review]:
    """Tell whether a value is a row of Review."""
    return is_row(value, "Review")
