"""The factories make valid rows: of every model, by themselves, with overrides, many at once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import bcrypt
import pytest

from lumi_db import CallerError, Database
from lumi_db.client import load_datamodel
from lumi_db.scope import with_deleted
from lumi_db.testing import factories
from lumi_db.testing.factories import (
    FACTORIES,
    TEST_PASSWORD,
    AddressFactory,
    CartFactory,
    CategoryFactory,
    InventoryFactory,
    ProductFactory,
    RowFactory,
    UserFactory,
    UserSessionFactory,
    VariantFactory,
    seed_factories,
)
from lumi_db.testing.factories.chance import now
from lumi_db.types import User

EVERY_FACTORY = pytest.mark.parametrize("factory", FACTORIES.values(), ids=FACTORIES)

# A value for each model that its factory would not draw.
OVERRIDES: dict[str, dict[str, Any]] = {
    "Address": {"city": "Van", "isDefault": True},
    "AuditLog": {"entity": "Order", "action": "CREATE"},
    "Cart": {"status": "ABANDONED"},
    "CartItem": {"quantity": 7},
    "Category": {"slug": "shoes", "displayOrder": 3},
    "Collection": {"status": "DRAFT"},
    "Coupon": {"type": "FREE_SHIPPING", "usageLimit": 3},
    "CouponUsage": {"discountAmount": "1.50"},
    "Inventory": {"quantityAvailable": 3, "quantityReserved": 4},
    "Media": {"type": "VIDEO", "mimeType": "video/mp4"},
    "Order": {"status": "SHIPPED", "totalAmount": "123.45"},
    "OrderItem": {"quantity": 2, "unitPrice": "10.00"},
    "Payment": {"status": "SETTLED", "amount": "99.90"},
    "PaymentRefund": {"status": "SUCCEEDED", "amount": "5000.00"},
    "Permission": {"key": "order:refund"},
    "Product": {"title": "Linen dress", "status": "DRAFT"},
    "ProductCategory": {"isPrimary": True},
    "ProductCollection": {"displayOrder": 9},
    "ProductMedia": {"isPrimary": True},
    "ProductVariant": {"stock": 4},
    "Review": {"rating": 1, "status": "APPROVED"},
    "ReviewMedia": {"sortOrder": 2},
    "Role": {"name": "auditor"},
    "RolePermission": {},
    "SavedCard": {"isDefault": True},
    "SecurityEvent": {"type": "LOGIN_FAILED", "user": None},
    "User": {"email": "ada@example.com", "emailVerified": True},
    "UserPermission": {},
    "UserRole": {},
    "UserSession": {"ipAddress": "203.0.113.9"},
    "VariantMedia": {"isPrimary": True},
}


def test_every_model_of_the_schema_has_a_factory() -> None:
    models = {model: factory.__model__.__name__ for model, factory in FACTORIES.items()}
    assert models == {model: model for model in load_datamodel().models}


def test_every_factory_is_public() -> None:
    assert {factory.__name__ for factory in FACTORIES.values()} < set(factories.__all__)


async def test_rows_of_all_models_are_as_the_database_has_them(database: Database) -> None:
    for factory in FACTORIES.values():
        row, schema = await factory.create(database), factory.schema()
        key = {field.name: getattr(row, field.name) for field in schema.id_fields}
        assert await getattr(database.client, schema.name.lower()).find_first(where=key) == row


async def test_given_values_are_written(database: Database) -> None:
    past = now() - timedelta(days=3)
    for model, factory in FACTORIES.items():
        given = {"createdAt": past, **OVERRIDES[model]}
        row = await factory.create(database, **given)
        written = {name: str(getattr(row, name)) for name in given}
        assert written == {name: str(value) for name, value in given.items()}


@EVERY_FACTORY
def test_a_row_without_a_database_is_a_valid_model(factory: type[RowFactory[Any]]) -> None:
    row = factory.build()
    assert factory.__model__.model_validate_json(row.model_dump_json(round_trip=True)) == row


async def test_rows_of_all_models_are_made_in_parallel(database: Database) -> None:
    made = [factory.create(database) for factory in FACTORIES.values() for _ in range(2)]
    assert len(await asyncio.gather(*made)) == 2 * len(FACTORIES)


async def test_fifty_rows_of_each_model_do_not_collide(database: Database) -> None:
    for factory in FACTORIES.values():
        rows, key = await factory.create_many(database, 50), factory.schema().id_fields
        assert len({tuple(getattr(row, field.name) for field in key) for row in rows}) == 50


async def test_a_row_is_made_in_a_transaction_of_the_test(database: Database) -> None:
    async with database.tx() as tx:
        with suppress(ZeroDivisionError):
            async with tx.tx() as inner:
                await ProductFactory.create(inner)
                raise ZeroDivisionError
        await CategoryFactory.create(tx)
    assert await database.client.product.count() == 0
    assert await database.client.category.count() == 1


async def test_a_shop_is_written_into_too(database: Database) -> None:
    user: User = await UserFactory.create(database.shop)
    assert await database.shop.users.get(user.id) == user


async def test_rows_that_are_needed_are_not_left_behind_by_a_failure(database: Database) -> None:
    with pytest.raises(Exception, match="country"):
        await AddressFactory.create(database, country="Turkey")
    assert await database.client.user.count() == 0


def test_the_same_seed_makes_the_same_values() -> None:
    def draw() -> list[dict[str, Any]]:
        seed_factories(7)
        rows = [factory.build() for factory in FACTORIES.values()]
        fields = [(row, load_datamodel().models[type(row).__name__].fields) for row in rows]
        return [
            {name: getattr(row, name) for name, one in names.items() if one.type != "DateTime"}
            for row, names in fields
        ]

    assert draw() == draw()


async def test_the_same_seed_writes_the_same_rows(database: Database) -> None:
    seed_factories(7)
    first = await VariantFactory.create(database)
    await database.client.execute_raw('TRUNCATE "Product" CASCADE')
    seed_factories(7)
    second = await VariantFactory.create(database)
    assert (first.id, first.sku, first.price, first.productId) == (
        second.id, second.sku, second.price, second.productId
    )  # fmt: skip


def test_another_seed_makes_other_values() -> None:
    seed_factories(1)
    first = UserFactory.build().email
    seed_factories(2)
    assert UserFactory.build().email != first


def test_an_unknown_field_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(CallerError, match="UserFactory has no field emial: did you mean email?"):
        UserFactory.build(emial="ada@example.com")


async def test_an_unknown_field_is_refused_before_anything_is_written(database: Database) -> None:
    with pytest.raises(CallerError, match="ProductFactory has no field variant: did you mean variants?"):
        await ProductFactory.create(database, variant=2)
    assert await database.client.product.count() == 0


async def test_what_the_client_sets_is_refused(database: Database) -> None:
    with pytest.raises(CallerError, match="ProductFactory cannot set version: the client does; leave it out"):
        await ProductFactory.create(database, version=3)
    with pytest.raises(
        CallerError, match="ProductFactory cannot set updatedAt: the client does; leave it out"
    ):
        await ProductFactory.create(database, updatedAt=now())


def test_an_id_in_the_place_of_a_row_is_refused() -> None:
    with pytest.raises(
        CallerError, match="product of VariantFactory must be a Product; an id goes into productId"
    ):
        VariantFactory.build(product="c123")


def test_money_is_never_a_float() -> None:
    with pytest.raises(CallerError, match=r"price must be a Decimal, or a text such as '49\.90'"):
        ProductFactory.build(price=49.9)


async def test_the_password_of_a_user_is_known(database: Database) -> None:
    user = await UserFactory.create(database)
    assert bcrypt.checkpw(TEST_PASSWORD.encode(), user.passwordHash.encode())


async def test_a_soft_deleted_user_is_made(database: Database) -> None:
    user = await UserFactory.create(database, email="ada@example.com", deletedAt=now())
    assert (user.status, user.email) == ("DELETED", f"ada@example.com#{user.id}")


async def test_a_soft_deleted_product_has_its_variants_with_it(database: Database) -> None:
    product = await ProductFactory.create(database, variants=2, deletedAt=now())
    with with_deleted():
        variants = await database.client.productvariant.find_many(where={"productId": product.id})
    assert [one.deletedAt for one in variants] == [product.deletedAt] * 2
    assert sorted(one.isPrimary for one in variants) == [False, True]


async def test_a_session_may_have_ended(database: Database) -> None:
    session = await UserSessionFactory.create(database, expiresAt=now() - timedelta(hours=1))
    assert session.createdAt < session.expiresAt < now()


async def test_a_session_id_makes_the_cart_of_a_guest(database: Database) -> None:
    cart = await CartFactory.create(database, sessionId="guest", items=2)
    assert cart.userId is None
    assert await database.client.cartitem.count(where={"cartId": cart.id}) == 2


async def test_an_active_product_has_one_primary_variant_among_its_variants(database: Database) -> None:
    product = await ProductFactory.create(database, variants=3, inventory=5)
    variants = await database.client.productvariant.find_many(where={"productId": product.id})
    assert product.status == "ACTIVE"
    assert sorted(one.isPrimary for one in variants) == [False, False, True]
    assert [one.stock for one in variants] == [5, 5, 5]


async def test_a_product_without_variants_is_a_draft(database: Database) -> None:
    product = await ProductFactory.create(database, variants=0)
    first, *others = await VariantFactory.create_many(database, 3, product=product)
    assert (product.status, first.isPrimary, [one.isPrimary for one in others]) == (
        "DRAFT",
        True,
        [False, False],
    )
    with pytest.raises(CallerError, match="An ACTIVE product needs a variant"):
        await ProductFactory.create(database, variants=0, status="ACTIVE")


@pytest.mark.parametrize(
    ("given", "quantities"),
    [
        ({}, (20, 0, 20)),
        ({"quantityAvailable": 3}, (3, 0, 3)),
        ({"quantityReserved": 4}, (20, 4, 24)),
        ({"quantityOnHand": 9}, (9, 0, 9)),
        ({"quantityOnHand": 9, "quantityReserved": 4}, (5, 4, 9)),
        ({"quantityOnHand": 9, "quantityAvailable": 7}, (7, 2, 9)),
    ],
)
def test_the_quantities_of_an_inventory_agree(given: dict[str, Any], quantities: tuple[int, ...]) -> None:
    stock = InventoryFactory.build(**given)
    assert (stock.quantityAvailable, stock.quantityReserved, stock.quantityOnHand) == quantities


async def test_a_category_is_made_below_another(database: Database) -> None:
    women = await CategoryFactory.create(database, slug="women")
    shoes = await CategoryFactory.create(database, slug="women-shoes", parent=women)
    built = CategoryFactory.build(slug="women-shoes", parent=women)
    assert [(one.path, one.level) for one in (shoes, built)] == [("/women/women-shoes", 1)] * 2


def test_values_are_what_the_client_takes() -> None:
    values = ProductFactory.values(title="Linen dress", attributes={"fit": "loose"})
    assert (values["title"], values["attributes"].data) == ("Linen dress", {"fit": "loose"})
    assert not {"updatedAt", "version", "createdAt"} & values.keys()
