"""Writes of the shop after which both clients must have answered and stored the same."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from tests.compatibility.dialect import Call, Json

P1 = {"id": "p1"}
ORDER = {"subtotalAmount": 30, "totalAmount": 30, "taxAmount": 5}
ITEM = {"quantity": 1, "unitPrice": Decimal("10.00"), "titleSnapshot": "x"}
VARIANT = {"title": "42", "sku": "S2-42", "price": Decimal("1.5")}

CASES = {
    "a price is stored to the kuruş": [
        Call("Product", "update", {"where": P1, "data": {"price": Decimal("10.005")}})
    ],
    "a price is raised by a part": [
        Call("Product", "update", {"where": P1, "data": {"price": {"multiply": Decimal("1.1")}}})
    ],
    "a price is divided": [Call("Product", "update", {"where": P1, "data": {"price": {"divide": 3}}})],
    "a price too large is refused": [
        Call("Product", "update", {"where": P1, "data": {"price": Decimal("12345678901.00")}})
    ],
    "a taken slug is refused": [Call("Product", "update", {"where": P1, "data": {"slug": "bot"}})],
    "a taken sku in a new product is refused": [
        Call("Product", "create", {"data": {"title": "x", "slug": "x", "sku": "S1", "price": 1}})
    ],
    "a product is made with variants and categories": [
        Call(
            "Product",
            "create",
            {
                "data": {
                    "title": "Kemer",
                    "slug": "kemer",
                    "price": Decimal("49.90"),
                    "variants": {"create": [{**VARIANT, "isPrimary": True}]},
                    "categories": {"create": [{"category": {"connect": {"slug": "women"}}}]},
                },
                "include": {"variants": True, "categories": True},
            },
        )
    ],
    "a product with a category that is not there is not made": [
        Call(
            "Product",
            "create",
            {
                "data": {
                    "title": "Kemer",
                    "slug": "kemer",
                    "price": 1,
                    "categories": {"create": [{"category": {"connect": {"slug": "no"}}}]},
                }
            },
        )
    ],
    "a product is deleted with what is only its own": [Call("Product", "delete", {"where": P1})],
    "a product deleted leaves order items behind": [Call("Product", "delete", {"where": {"id": "p2"}})],
    "a product is soft-deleted and its slug set free": [
        Call("Product", "update", {"where": P1, "data": {"deletedAt": datetime(2024, 6, 1, tzinfo=UTC)}})
    ],
    "keywords are pushed": [
        Call("Product", "update", {"where": P1, "data": {"searchKeywords": {"push": ["yaz", "şık"]}}})
    ],
    "keywords are set": [Call("Product", "update", {"where": P1, "data": {"searchKeywords": []}})],
    "attributes are Json": [
        Call(
            "Product",
            "update",
            {"where": P1, "data": {"attributes": Json({"n": 1.5, "s": "ş", "l": [None, True]})}},
        )
    ],
    "an unknown status is refused": [Call("Product", "update", {"where": P1, "data": {"status": "GONE"}})],
    "many products change at once": [
        Call(
            "Product",
            "update_many",
            {"where": {"status": "ACTIVE"}, "data": {"currency": "EUR", "version": {"increment": 1}}},
        )
    ],
    "a version filter finds nothing": [
        Call("Product", "update", {"where": {"id": "p1", "version": 7}, "data": {"title": "x"}})
    ],
    "a version is compared and raised": [
        Call(
            "Product",
            "update",
            {"where": {"id": "p1", "version": 0}, "data": {"title": "x", "version": {"increment": 1}}},
        )
    ],
    "a variant moves to another product": [
        Call(
            "ProductVariant",
            "update",
            {"where": {"id": "v2"}, "data": {"product": {"connect": {"slug": "bot"}}}},
        )
    ],
    "two primary variants are refused": [
        Call("ProductVariant", "update", {"where": {"id": "v2"}, "data": {"isPrimary": True}})
    ],
    "a variant is made with its stock": [
        Call(
            "ProductVariant",
            "create",
            {
                "data": {
                    **VARIANT,
                    "product": {"connect": {"id": "p2"}},
                    "inventory": {"create": {"quantityAvailable": 3, "quantityOnHand": 3}},
                },
                "include": {"inventory": True},
            },
        )
    ],
    "stock is reserved": [
        Call(
            "Inventory",
            "update",
            {
                "where": {"productVariantId": "v1"},
                "data": {"quantityAvailable": {"decrement": 2}, "quantityReserved": {"increment": 2}},
            },
        )
    ],
    "stock for the same variant twice is refused": [
        Call("Inventory", "create", {"data": {"productVariantId": "v1"}})
    ],
    "a category with children is not deleted": [Call("Category", "delete", {"where": {"slug": "women"}})],
    "a category with products is not deleted": [
        Call("Category", "delete", {"where": {"slug": "women-boots"}})
    ],
    "a junction is made once": [
        Call("ProductCategory", "create", {"data": {"productId": "p1", "categoryId": "c1"}})
    ],
    "a junction is upserted": [
        Call(
            "ProductCategory",
            "upsert",
            {
                "where": {"productId_categoryId": {"productId": "p1", "categoryId": "c1"}},
                "data": {"create": {"productId": "p1", "categoryId": "c1"}, "update": {"isPrimary": False}},
            },
        )
    ],
    "a new junction is upserted": [
        Call(
            "ProductCategory",
            "upsert",
            {
                "where": {"productId_categoryId": {"productId": "p1", "categoryId": "c3"}},
                "data": {"create": {"productId": "p1", "categoryId": "c3"}, "update": {"isPrimary": True}},
            },
        )
    ],
    "junctions are made in bulk, those there passed over": [
        Call(
            "ProductCategory",
            "create_many",
            {
                "data": [{"productId": "p1", "categoryId": one} for one in ("c1", "c2", "c3")],
                "skip_duplicates": True,
            },
        )
    ],
    "junctions in bulk with one that is there are refused": [
        Call(
            "ProductCategory",
            "create_many",
            {"data": [{"productId": "p1", "categoryId": one} for one in ("c3", "c1")]},
        )
    ],
    "a junction to nothing is refused": [
        Call("ProductCategory", "create", {"data": {"productId": "no", "categoryId": "c1"}})
    ],
    "a role is given and taken": [
        Call(
            "User",
            "update",
            {
                "where": {"id": "u1"},
                "data": {
                    "roles": {
                        "create": [{"role": {"connect": {"name": "editor"}}}],
                        "delete": [{"userId_roleId": {"userId": "u1", "roleId": "r1"}}],
                    }
                },
                "include": {"roles": {"order_by": {"roleId": "asc"}}},
            },
        )
    ],
    "all roles are taken": [
        Call(
            "User",
            "update",
            {"where": {"id": "u1"}, "data": {"roles": {"delete_many": {}}}, "include": {"roles": True}},
        )
    ],
    "an address in lower case only": [
        Call("User", "create", {"data": {"email": "u1@lumi.example", "passwordHash": "$2b$12$" + "a" * 53}})
    ],
    "a user is deleted, the orders stay": [Call("User", "delete", {"where": {"id": "u2"}})],
    "an item of a cart is upserted": [
        Call(
            "CartItem",
            "upsert",
            {
                "where": {"cartId_productVariantId": {"cartId": "k1", "productVariantId": "v1"}},
                "data": {
                    "create": {"cartId": "k1", "productVariantId": "v1", "unitPrice": 1},
                    "update": {"quantity": {"increment": 3}},
                },
            },
        )
    ],
    "a new item of a cart is upserted": [
        Call(
            "CartItem",
            "upsert",
            {
                "where": {"cartId_productVariantId": {"cartId": "k1", "productVariantId": "v3"}},
                "data": {
                    "create": {"cartId": "k1", "productVariantId": "v3", "unitPrice": 1},
                    "update": {"quantity": 9},
                },
            },
        )
    ],
    "a cart is emptied through itself": [
        Call(
            "Cart",
            "update",
            {
                "where": {"id": "k1"},
                "data": {"items": {"delete_many": {}}, "version": {"increment": 1}},
                "include": {"items": True},
            },
        )
    ],
    "a second active cart is refused": [Call("Cart", "create", {"data": {"userId": "u1"}})],
    "an order is made with five items": [
        Call(
            "Order",
            "create",
            {
                "data": {
                    **ORDER,
                    "subtotalAmount": 50,
                    "totalAmount": 50,
                    "user": {"connect": {"id": "u1"}},
                    "cart": {"connect": {"id": "k1"}},
                    "shippingAddressSnapshot": Json({"city": "Iğdır"}),
                    "items": {
                        "create": [
                            {**ITEM, "quantity": n, "product": {"connect": {"id": "p1"}}} for n in range(1, 6)
                        ]
                    },
                }
            },
        ),
        Call("OrderItem", "find_many", {"where": {"orderId": {"not": "o1"}}, "order": {"quantity": "asc"}}),
    ],
    "a second order of one cart takes it over": [
        Call(
            "Order",
            "create",
            {"data": {**ORDER, "user": {"connect": {"id": "u2"}}, "cart": {"connect": {"id": "k2"}}}},
        )
    ],
    "a cart's second order by its key is refused": [
        Call("Order", "create", {"data": {**ORDER, "cartId": "k2"}})
    ],
    "an order with a payment is not deleted": [Call("Order", "delete", {"where": {"id": "o1"}})],
    "an order without a payment is deleted": [Call("Order", "delete", {"where": {"id": "o2"}})],
    "one transaction number is used once": [
        Call(
            "Payment",
            "create",
            {"data": {"orderId": "o1", "provider": "IYZICO", "amount": 1250, "transactionId": "t1"}},
        )
    ],
    "a payment goes on": [
        Call(
            "Payment",
            "update",
            {
                "where": {"id": "y1"},
                "data": {
                    "settledAt": datetime(2024, 1, 7, 1, 2, 3, 456000, tzinfo=UTC),
                    "riskFlags": Json(None),
                    "rawPayload": None,
                },
            },
        )
    ],
    "a review is revived": [
        Call(
            "Review",
            "upsert",
            {
                "where": {"userId_productId": {"userId": "u1", "productId": "p1"}},
                "data": {
                    "create": {"userId": "u1", "productId": "p1", "rating": 1},
                    "update": {"rating": 4, "deletedAt": None},
                },
            },
        )
    ],
    "reviews are counted helpful": [
        Call(
            "Review",
            "update_many",
            {"where": {"productId": "p1"}, "data": {"helpfulCount": {"increment": 1}}},
        )
    ],
    "an address goes, the order stays": [Call("Address", "delete", {"where": {"id": "a1"}})],
    "a parent is its own child": [
        Call("Category", "update", {"where": {"id": "c3"}, "data": {"parent": {"disconnect": True}}})
    ],
    "a coupon is used": [
        Call("Coupon", "update", {"where": {"code": "YAZ10"}, "data": {"usageCount": {"increment": 1}}})
    ],
}

# The database's own rules: Prisma Client JS has no code for them.
REFUSED_BY_CHECKS = {
    "a price below nothing": [Call("Product", "update", {"where": P1, "data": {"price": Decimal("-0.01")}})],
    "more stock taken than there is": [
        Call(
            "Inventory",
            "update",
            {"where": {"productVariantId": "v1"}, "data": {"quantityAvailable": {"decrement": 9}}},
        )
    ],
    "six stars": [Call("Review", "update", {"where": {"id": "w1"}, "data": {"rating": 6}})],
    "no items": [Call("CartItem", "update", {"where": {"id": "ki1"}, "data": {"quantity": 0}})],
    "an order that does not add up": [Call("Order", "create", {"data": {**ORDER, "totalAmount": 31}})],
    "a coupon used too often": [Call("Coupon", "update", {"where": {"id": "z1"}, "data": {"usageCount": 2}})],
}
