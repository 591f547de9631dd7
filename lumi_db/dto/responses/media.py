"""Answers about pictures, videos, documents; what makes them of rows, and what of them may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from lumi_db.dto.catalogue import MediaUpdate
from lumi_db.dto.row import is_row
from lumi_db.dto.rows.media import MediaRow, ProductMediaRow, ReviewMediaRow, VariantMediaRow

if TYPE_CHECKING:
    from lumi_db.types import Media, ProductMedia, ReviewMedia, VariantMedia


class MediaResponse(MediaRow):
    """A picture, video or document."""


class ProductMediaResponse(ProductMediaRow):
    """A product's picture, in its place."""

    media: MediaResponse | None = None


class VariantMediaResponse(VariantMediaRow):
    """A variant's picture, in its place."""

    media: MediaResponse | None = None


class ReviewMediaResponse(ReviewMediaRow):
    """A review's picture, in its place."""

    media: MediaResponse | None = None


def to_media_response(row: Media) -> MediaResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return MediaResponse.of(row)


def to_media_update(answer: MediaResponse) -> MediaUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(MediaUpdate)


def is_media(value: object) -> TypeGuard[Media]:
    """Tell whether a value is a row of Media."""
    return is_row(value, "Media")


def to_product_media_response(row: ProductMedia) -> ProductMediaResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return ProductMediaResponse.of(row)


def is_product_media(value: object) -> TypeGuard[ProductMedia]:
    """Tell whether a value is a row of ProductMedia."""
    return is_row(value, "ProductMedia")


def to_variant_media_response(row: VariantMedia) -> VariantMediaResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return VariantMediaResponse.of(row)


def is_variant_media(value: object) -> TypeGuard[VariantMedia]:
    """Tell whether a value is a row of VariantMedia."""
    return is_row(value, "VariantMedia")


def to_review_media_response(row: ReviewMedia) -> ReviewMediaResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return ReviewMediaResponse.of(row)


def is_review_media(value: object) -> TypeGuard[ReviewMedia]:
    """Tell whether a value is a row of ReviewMedia."""
    return is_row(value, "ReviewMedia")
