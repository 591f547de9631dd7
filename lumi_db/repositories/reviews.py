"""Reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Review  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class ReviewRepository(Repository["Review"]):
    """What users think of products."""

    entity = "Review"
