"""Products, variants, collections and media."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Collection, Media, Product, ProductVariant  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class ProductRepository(Repository["Product"]):
    """What is sold."""

    entity = "Product"


class VariantRepository(Repository["ProductVariant"]):
    """What customers put into the cart."""

    entity = "ProductVariant"


class CollectionRepository(Repository["Collection"]):
    """Products chosen by hand."""

    entity = "Collection"


class MediaRepository(Repository["Media"]):
    """Files that products, variants and reviews show."""

    entity = "Media"
