"""The OpenAPI document of the shop's API, made of the DTOs: `lumi-db openapi`."""

from lumi_db.openapi.document import make_document

__all__ = ["make_document"]
