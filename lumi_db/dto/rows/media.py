"""Answers for the columns of the media models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Row, Truth, WireInstant, WireInteger


class MediaRow(Row):
    """The columns of Media."""

    of_model: ClassVar[str] = "Media"

    id: str
    asset_id: str
    url: str
    type: enums.MediaType
    provider: enums.MediaProvider
    mime_type: str
    size_bytes: WireInteger
    width: WireInteger | None
    height: WireInteger | None
    alt: str | None
    caption: str | None
    deleted_at: WireInstant | None
    created_at: WireInstant
    updated_at: WireInstant


class ProductMediaRow(Row):
    """The columns of ProductMedia."""

    of_model: ClassVar[str] = "ProductMedia"

    product_id: str
    media_id: str
    sort_order: WireInteger
    is_primary: Truth
    created_at: WireInstant
    updated_at: WireInstant


class VariantMediaRow(Row):
    """The columns of VariantMedia."""

    of_model: ClassVar[str] = "VariantMedia"

    variant_id: str
    media_id: str
    sort_order: WireInteger
    is_primary: Truth
    created_at: WireInstant
    updated_at: WireInstant


class ReviewMediaRow(Row):
    """The columns of ReviewMedia."""

    of_model: ClassVar[str] = "ReviewMedia"

    review_id: str
    media_id: str
    sort_order: WireInteger
    created_at: WireInstant
    updated_at: WireInstant
