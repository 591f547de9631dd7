"""Make the rows that are rare in a shop; the profile dev has them, by names that begin with `edge`."""

from __future__ import annotations

from decimal import Decimal

from seed.access import give_role
from seed.catalogue import product_id
from seed.categories import category_id
from seed.coupons import coupon_id
from seed.data.customers import DEMO_PASSWORD_HASH
from seed.data.edges import COUPONS, PRODUCTS, USERS, EdgeCoupon, EdgeProduct, EdgeUser
from seed.ids import make_id
from seed.media import shots_of
from seed.moments import AS_OF, OPENING
from seed.people import user_id
from seed.schema import as_json, enums
from seed.stage import Stage
from seed.tables import Part, Row, Table

_DATES = {"createdAt": OPENING, "updatedAt": OPENING}


def edges_part(stage: Stage) -> Part:
    """Make all of them."""
    picture = shots_of(stage.articles[0])[0].id
    return Part(
        "edges",
        (
            Table("user", [_user(user) for user in USERS]),
            Table("userrole", [give_role(user.email, "customer") for user in USERS]),
            Table("address", [_address(user) for user in USERS]),
            Table("product", [_product(product) for product in PRODUCTS]),
            Table("productvariant", [_variant(product) for product in PRODUCTS]),
            Table("productcategory", [_shelf(product, stage.articles[0].category) for product in PRODUCTS]),
            Table("productmedia", [_picture(product, picture) for product in PRODUCTS]),
            Table("inventory", [_inventory(product) for product in PRODUCTS]),
            Table("coupon", [_coupon(coupon) for coupon in COUPONS]),
        ),
    )


def _freed(value: str, id: str, *, is_deleted: bool) -> str:  # noqa: A002
    """Return a unique value as the database keeps it: a deleted row gives it free."""
    return f"{value}#{id}" if is_deleted else value


def _user(user: EdgeUser) -> Row:
    key = user_id(user.email)
    return {
        "id": key,
        "email": _freed(user.email, key, is_deleted=user.is_deleted),
        "passwordHash": DEMO_PASSWORD_HASH,
        "firstName": user.first,
        "lastName": user.last,
        "status": enums.UserStatus.DELETED if user.is_deleted else enums.UserStatus.ACTIVE,
        "deletedAt": AS_OF if user.is_deleted else None,
        **_DATES,
    }


def _address(user: EdgeUser) -> Row:
    return {
        "id": make_id("Address", user.email, "Ev"),
        "userId": user_id(user.email),
        "label": "Ev",
        "fullName": f"{user.first} {user.last}",
        "line1": "Köşe Sok. No: 1",
        "city": "Ankara",
        "country": "TR",
        "isDefault": True,
        **_DATES,
    }


def _product(product: EdgeProduct) -> Row:
    key = product_id(product.slug)
    return {
        "id": key,
        "title": product.title.strip(),
        "slug": _freed(product.slug, key, is_deleted=product.is_deleted),
        "status": enums.ProductStatus.ACTIVE,
        "price": Decimal(product.price),
        "searchKeywords": ["edge"],
        "attributes": as_json({}),
        "deletedAt": AS_OF if product.is_deleted else None,
        **_DATES,
    }


def _variant(product: EdgeProduct) -> Row:
    key = _variant_id(product)
    return {
        "id": key,
        "productId": product_id(product.slug),
        "title": "Siyah",
        "sku": _freed(product.slug.upper(), key, is_deleted=product.is_deleted),
        "price": Decimal(product.price),
        "stock": product.stock,
        "attributes": as_json({"color": "Siyah"}),
        "isPrimary": True,
        "deletedAt": AS_OF if product.is_deleted else None,
        **_DATES,
    }


def _variant_id(product: EdgeProduct) -> str:
    return make_id("ProductVariant", product.slug)


def _shelf(product: EdgeProduct, category: str) -> Row:
    return {
        "productId": product_id(product.slug),
        "categoryId": category_id(category),
        "isPrimary": True,
        "assignedAt": OPENING,
        **_DATES,
    }


def _picture(product: EdgeProduct, picture: str) -> Row:
    return {"productId": product_id(product.slug), "mediaId": picture, "isPrimary": True, **_DATES}


def _inventory(product: EdgeProduct) -> Row:
    return {
        "id": make_id("Inventory", product.slug),
        "productVariantId": _variant_id(product),
        "quantityAvailable": product.stock,
        "quantityOnHand": product.stock,
        **_DATES,
    }


def _coupon(coupon: EdgeCoupon) -> Row:
    return {
        "id": coupon_id(coupon.code),
        "code": coupon.code,
        "description": coupon.description,
        "type": enums.CouponType[coupon.type],
        "value": Decimal(coupon.value),
        "usageLimit": coupon.usage_limit,
        "startsAt": OPENING,
        **_DATES,
    }
