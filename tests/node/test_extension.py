"""The extension for Node, `prisma.$extends(lumi())`, does what the Python client does on the same rows."""

from __future__ import annotations

import json

import pytest

from lumi_db import Database
from lumi_db.scope import with_deleted
from lumi_db.testing.factories import CartFactory, ProductFactory, UserFactory, VariantFactory
from tools import node_models

from .support import Node, NodeError


def test_what_the_extension_knows_of_the_schema_is_current() -> None:
    assert node_models.FILE.read_text(encoding="utf-8") == node_models.render()


async def test_a_delete_is_soft_and_both_sides_see_no_row(node: Node, database: Database) -> None:
    product = await ProductFactory.create(database, slug="dress", variants=1)
    gone = node.run("return shop.product.delete({ where: { slug: 'dress' } })")
    assert gone["deletedAt"] is not None
    assert gone["version"] == product.version + 1
    seen = node.run(
        "return [await shop.product.findFirst(), await shop.product.count(), await shop.productVariant.count()]"
    )
    assert seen == [None, 0, 0]
    assert await database.client.product.count() == 0
    with with_deleted():
        row = await database.client.product.find_unique_or_raise(where={"id": product.id})
    assert (row.slug, row.version) == (f"dress#{product.id}", product.version + 1)
    with pytest.raises(NodeError, match="No record was found"):
        node.run("await shop.product.delete({ where: { id: input } })", product.id)
