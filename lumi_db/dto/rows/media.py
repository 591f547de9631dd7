"""Answers for the columns of the media models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Integer, Row, Time, Yes


class MediaRow(Row):
    """The columns of Media."""

    of_model: ClassVar[str] = "Media"

    id: str
    asset_id: str
    url: str
    type: enums.MediaType
    provider: enums.MediaProvider
    mime_type: str
    size_bytes: Integer
    width: Integer | None
    height: Integer | None
    alt: str | None
    caption: str | None
    deleted_at: Time | None
    created_at: Time
    updated_at: Time


class ProductMediaRow(Row):
    """The columns of ProductMedia."""

    of_model: ClassVar[str] = "ProductMedia"

    product_id: str
    media_id: str
    sort_order: Integer
    is_primary: Yes
    created_at: Time
    updated_at: Time


class VariantMediaRow(Row):
    """The columns of VariantMedia."""

    of_model: ClassVar[str] = "VariantMedia"

    variant_id: str
    media_id: str
    sort_order: Integer
    is_primary: Yes
    created_at: Time
    updated_at: Time


class ReviewMediaRow(Row):
    """The columns of ReviewMedia."""

    of_model: ClassVar[str] = "ReviewMedia"

    review_id: str
    media_id: str
    sort_order: Integer
    created_at: Time
    updated_at: Time
