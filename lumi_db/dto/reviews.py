"""Inputs of reviews."""

from __future__ import annotations

from .base import Changes, Input
from .fields import Id, LongText, Name, Rating


class ReviewCreate(Input):
    """What a user thinks of a product; which order proves the purchase is looked up."""

    entity = "Review"

    productId: Id
    userId: Id
    rating: Rating
    title: Name | None = None
    content: LongText | None = None


class ReviewUpdate(Changes):
    """Another opinion; it waits for a moderator again."""

    entity = "Review"

    rating: Rating | None = None
    title: Name | None = None
    content: LongText | None = None
