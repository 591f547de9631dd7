"""The extension for Node, `prisma.$extends(lumi())`, does what the Python client does on the same rows."""

from __future__ import annotations

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


async def test_deleted_rows_are_hidden_at_every_depth(node: Node, database: Database) -> None:
    product = await ProductFactory.create(database, slug="dress", variants=3)
    primary, second, _ = await database.client.productvariant.find_many(order={"isPrimary": "desc"})
    await database.client.productvariant.delete(where={"id": second.id})
    asked = {
        "lists": "shop.product.findMany({ include: { variants: true, _count: true } })"
        ".then(([one]) => [one.variants.length, one._count.variants])",
        "selects": "shop.product.findFirst({ select: { variants: { where: { stock: { gte: 0 } } },"
        " _count: { select: { variants: true } } } }).then((one) => [one.variants.length, one._count.variants])",
        "plain": "prisma.product.findFirst({ include: { variants: true, _count: true } })"
        ".then((one) => [one.variants.length, one._count.variants])",
        "some": "shop.product.count({ where: { variants: { some: { id: input } } } })",
        "none": "shop.product.count({ where: { OR: [{ variants: { none: { id: input } } }] } })",
        "every": "shop.product.count({ where: { variants: { every: { id: { not: input } } } } })",
        "not": "shop.product.count({ where: { NOT: { variants: { some: { id: input } } } } })",
        "unique": "shop.productVariant.findUnique({ where: { id: input } })",
        "groups": "shop.productVariant.groupBy({ by: ['isPrimary'], _count: true })"
        ".then((rows) => rows.map((row) => row._count).sort())",
        "aggregate": "shop.productVariant.aggregate({ _count: true }).then((one) => one._count)",
        "below": "shop.inventory.count({ where: { productVariantId: input } })",
        "fluent": "shop.product.findUnique({ where: { slug: 'dress' } }).variants().then((rows) => rows.length)",
    }
    promises = ", ".join(f"{name}: await {call}" for name, call in asked.items())
    assert node.run(f"return {{ {promises} }}", second.id) == {
        "lists": [2, 2], "selects": [2, 2], "plain": [3, 3], "some": 0, "none": 1, "every": 1, "not": 1,
        "unique": None, "groups": [1, 1], "aggregate": 2, "below": 0, "fluent": 2,
    }  # fmt: skip
    assert (primary.productId, second.productId) == (product.id, product.id)


async def test_one_related_row_is_deleted_softly(node: Node, database: Database) -> None:
    user = await UserFactory.create(database)
    cart = await CartFactory.create(database, user=user)
    code = """
      const data = { user: { delete: true } }
      const after = await shop.cart.update({ where: { id: input }, data, include: { user: true } })
      return [after.user, after.userId, (await prisma.user.findFirst()).status]
    """
    assert node.run(code, cart.id) == [None, user.id, "DELETED"]
    with pytest.raises(NodeError) as caught:
        node.run(
            "await shop.cart.update({ where: { id: input }, data: { user: { delete: true } } })", cart.id
        )
    assert caught.value.code == "P2025"


async def test_an_optional_relation_to_a_deleted_row_reads_as_null(node: Node, database: Database) -> None:
    user = await UserFactory.create(database)
    await CartFactory.create(database, user=user)
    await database.client.user.delete(where={"id": user.id})
    code = """
      const [cart] = await shop.cart.findMany({ include: { user: true } })
      return [cart.user, cart.userId, await shop.cart.count({ where: { user: null } }),
        await shop.cart.count({ where: { user: { is: null } } }),
        await shop.cart.count({ where: { user: { id: cart.userId } } }),
        await shop.cart.count({ where: { user: { isNot: null } } }),
        (await prisma.cart.findFirst({ include: { user: true } })).user?.status]
    """
    assert node.run(code) == [None, user.id, 1, 1, 0, 0, "DELETED"]
    assert await database.client.cart.count(where={"user": {"is": None}}) == 1


async def test_delete_many_and_nested_deletes_are_soft_and_keep_the_first_instant(
    node: Node, database: Database
) -> None:
    product = await ProductFactory.create(database, status="DRAFT", variants=4)
    first, second, third, fourth = await database.client.productvariant.find_many(order={"id": "asc"})
    ids = [first.id, second.id, third.id, fourth.id]
    code = """
      const [first, second, third, fourth] = input
      const many = await shop.productVariant.deleteMany({ where: { id: { in: [first] } } })
      const once = await prisma.productVariant.findUnique({ where: { id: first } })
      await shop.product.update({ where: { slug: 'dress' }, data: { variants: { delete: { id: second },
        deleteMany: [{ id: first }, { id: third }], update: { where: { id: fourth }, data: { title: 'Last' } } } } })
      const rows = await prisma.productVariant.findMany({ orderBy: { id: 'asc' } })
      return [many.count, rows[0].deletedAt.getTime() === once.deletedAt.getTime(),
        ...rows.map((row) => [row.deletedAt !== null, row.version])]
    """
    await database.client.product.update(where={"id": product.id}, data={"slug": "dress"})
    versions = [first.version + 1, second.version + 1, third.version + 1, fourth.version + 1]
    deleted = [True, True, True, False]
    assert node.run(code, ids) == [
        1,
        True,
        *([is_gone, version] for is_gone, version in zip(deleted, versions, strict=True)),
    ]
    assert await database.client.productvariant.count(where={"productId": product.id}) == 1


async def test_a_delete_in_a_transaction_is_undone_with_it(node: Node, database: Database) -> None:
    product = await ProductFactory.create(database)
    code = """
      await shop.$transaction(async (tx) => {
        await tx.product.delete({ where: { id: input } })
        await tx.productVariant.deleteMany()
        if ((await tx.product.count()) !== 0) throw new Error('it is not hidden')
        throw new Error('undo')
      }).catch((error) => { if (error.message !== 'undo') throw error })
      const before = await shop.product.count()
      await shop.$transaction([shop.product.delete({ where: { id: input } }), shop.product.count()])
      return [before, await shop.product.count()]
    """
    assert node.run(code, product.id) == [1, 0]


async def test_a_batch_with_a_delete_is_undone_as_a_whole(node: Node, database: Database) -> None:
    product = await ProductFactory.create(database)
    code = """
      const deleting = shop.product.delete({ where: { id: input } })
      const failing = shop.role.delete({ where: { id: 'nobody' } })
      await shop.$transaction([deleting, failing]).then(() => { throw new Error('it must fail') }, () => null)
      return shop.product.count()
    """
    assert node.run(code, product.id) == 1


async def test_deleted_rows_can_be_seen_restored_and_purged(node: Node, database: Database) -> None:
    user = await UserFactory.create(database, email="ada@example.com")
    code = """
      await shop.user.delete({ where: { id: input } })
      const all = prisma.$extends(lumi({ deleted: 'included' }))
      const seen = await all.user.findUnique({ where: { id: input } })
      await all.user.update({ where: { id: input }, data: { deletedAt: null } })
      const back = await shop.user.findUnique({ where: { email: 'ada@example.com' } })
      await all.user.delete({ where: { id: input } })
      const purging = prisma.$extends(lumi({ deleted: 'purged' }))
      await purging.user.delete({ where: { id: input } })
      return [seen.email, back.status, await prisma.user.count()]
    """
    assert node.run(code, user.id) == [f"ada@example.com#{user.id}", "ACTIVE", 0]
    with pytest.raises(NodeError, match="deleted must be one of hidden, included, purged"):
        node.run("lumi({ deleted: true })")


async def test_connect_and_upsert_do_not_find_deleted_rows(node: Node, database: Database) -> None:
    collection = await database.client.collection.create({"name": "Summer", "slug": "summer"})
    product = await ProductFactory.create(database)
    await database.client.collection.delete(where={"id": collection.id})
    code = """
      const row = { product: { connect: { id: input[0] } }, collection: { connect: { id: input[1] } } }
      const failed = await shop.productCollection.create({ data: row }).catch((error) => error.code)
      const made = await shop.collection.upsert({ where: { slug: 'summer' }, update: { name: 'Old' },
        create: { slug: 'summer', name: 'New' } })
      return [failed, made.name, await shop.collection.count()]
    """
    assert node.run(code, [product.id, collection.id]) == ["P2025", "New", 1]


async def test_every_update_counts_the_version_and_a_stale_one_is_an_error(
    node: Node, database: Database
) -> None:
    variant = await VariantFactory.create(database)
    cart = await database.client.cart.create({"sessionId": "s1"})
    code = """
      const where = { id: input[0], version: 0 }
      const first = await shop.cart.update({ where, data: { currency: 'EUR' } })
      const stale = await shop.cart.update({ where, data: { currency: 'USD' } }).catch((error) => error.code)
      const many = await shop.cart.updateMany({ where, data: { currency: 'USD' } })
      await shop.cart.updateMany({ data: { currency: 'GBP' } })
      await shop.cart.upsert({ where: { id: input[0] }, create: {}, update: { currency: 'TRY' } })
      await shop.product.update({ where: { id: input[2] }, data: { variants: {
        update: { where: { id: input[1] }, data: { title: 'A' } }, updateMany: { where: {}, data: { title: 'B' } },
        upsert: { where: { id: input[1] }, create: { title: 'C', sku: 'C', price: 1 }, update: { title: 'C' } } } } })
      await shop.productVariant.update({ where: { id: input[1] }, data: { product: { update: { title: 'D' } } } })
      return [first.version, stale, many.count]
    """
    assert node.run(code, [cart.id, variant.id, variant.productId]) == [1, "P2025", 0]
    assert (await database.client.cart.find_unique_or_raise(where={"id": cart.id})).version == 3
    after = await database.client.productvariant.find_unique_or_raise(
        where={"id": variant.id}, include={"product": True}
    )
    assert after.product is not None
    assert after.product.title == "D"
    assert (after.title, after.version) == ("C", variant.version + 4)


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ("cart.updateMany({ data: { version: 3 } })", "version of Cart cannot be set: it is counted"),
        ("cart.create({ data: { version: 3 } })", "version of Cart cannot be set: a new row has 0"),
        ("cart.createMany({ data: [{ updatedAt: new Date() }] })", "updatedAt of Cart cannot be set"),
        ("role.updateMany({ data: { createdAt: new Date() } })", "createdAt of Role cannot be set"),
        (
            "product.update({ data: { variants: { updateMany: { where: {}, data: { version: 1 } } } } })",
            "version of ProductVariant cannot be set",
        ),
    ],
)
def test_what_the_client_writes_is_refused_from_callers(node: Node, call: str, why: str) -> None:
    with pytest.raises(NodeError, match=why) as caught:
        node.run(f"return shop.{call}")
    assert caught.value.name == "InputError"


async def test_the_audit_log_has_who_acts_in_node(node: Node, database: Database) -> None:
    actor = {"actorId": "user-1", "actorType": "ADMIN", "ipAddress": "192.0.2.1", "requestId": "r-1"}
    code = """
      await actingAs(shop, { ...input, userAgent: 'browser\\0' + 'x'.repeat(2000) }, async (tx) => {
        await tx.role.create({ data: { name: 'editor' } })
        await tx.role.update({ where: { name: 'editor' }, data: { description: 'edits' } })
      })
      await shop.role.delete({ where: { name: 'editor' } })
    """
    node.run(code, actor)
    rows = await database.client.auditlog.find_many(where={"entity": "Role"}, order={"createdAt": "asc"})
    assert [(row.action, row.actorType, row.actorId, row.requestId) for row in rows] == [
        ("CREATE", "ADMIN", "user-1", "r-1"),
        ("UPDATE", "ADMIN", "user-1", "r-1"),
        ("DELETE", "SYSTEM", None, None),
    ]
    assert (rows[0].ipAddress, rows[0].userAgent) == ("192.0.2.1", "browser" + "x" * 993)


@pytest.mark.parametrize(
    ("actor", "why"),
    [
        ({"actorType": "KING"}, "actorType must be one of GUEST, CUSTOMER, STAFF, ADMIN, SYSTEM"),
        ({"actorType": "STAFF"}, "actorId must be the id of the user who acts as STAFF"),
    ],
)
def test_an_actor_that_cannot_be_is_refused(node: Node, actor: dict[str, str], why: str) -> None:
    with pytest.raises(NodeError, match=why):
        node.run("return actingAs(shop, input, () => 1)", actor)


async def test_without_the_extension_the_database_keeps_its_rules(node: Node, database: Database) -> None:
    product = await ProductFactory.create(database, slug="dress", status="DRAFT", variants=1)
    code = """
      await prisma.product.update({ where: { slug: 'dress' }, data: { deletedAt: new Date() } })
      const again = await prisma.product.create({ data: { title: 'New', slug: 'dress', price: '1.50' } })
      const gone = await prisma.product.findUnique({ where: { id: input }, include: { variants: true } })
      const failed = await prisma.product.create({ data: { title: 'Bad', slug: 'bad', price: '-1' } })
        .catch((error) => error.message)
      return [again.slug, gone.slug, gone.variants[0].deletedAt !== null, /not_negative/.test(failed)]
    """
    assert node.run(code, product.id) == ["dress", f"dress#{product.id}", True, True]
    log = await database.client.auditlog.find_many(where={"entity": "Product", "entityId": product.id})
    assert "SOFT_DELETE" in {row.action for row in log}
