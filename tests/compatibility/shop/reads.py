"""Reads of the shop that both clients must answer alike."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from tests.compatibility.dialect import Call, Json

BY_ID = {"id": "asc"}
LIVE = {"deletedAt": None}

CASES = [
    Call("Product", "find_unique", {"where": {"slug": "sik-elbise"}}),
    Call("Product", "find_unique", {"where": {"sku": "S2"}, "include": {"variants": {"order_by": BY_ID}}}),
    Call("Product", "find_unique", {"where": {"id": "p1", "status": "DRAFT"}}),
    Call("Product", "find_unique_or_raise", {"where": {"slug": "nothing"}}),
    Call("Product", "find_many", {"where": LIVE, "order": {"price": "desc"}}),
    Call("Product", "find_many", {"where": {"price": {"gt": Decimal("199.90")}}, "order": BY_ID}),
    Call("Product", "find_many", {"where": {"price": {"lte": Decimal("199.900")}}, "order": BY_ID}),
    Call("Product", "find_many", {"where": {"price": {"in": [0, Decimal("1250.00")]}}, "order": BY_ID}),
    Call("Product", "find_many", {"where": {"compareAtPrice": {"not": None}}, "order": BY_ID}),
    Call("Product", "find_many", {"where": {"attributes": {"equals": Json({"a": None})}}, "order": BY_ID}),
    Call("Product", "find_many", {"where": {"searchKeywords": {"has": "kırmızı"}}, "order": BY_ID}),
    Call("Product", "find_many", {"where": {"searchKeywords": {"is_empty": True}}, "order": BY_ID}),
    Call(
        "Product",
        "find_many",
        {"where": {"title": {"contains": "ELBİSE", "mode": "insensitive"}}, "order": BY_ID},
    ),
    Call(
        "Product",
        "find_many",
        {"where": {"status": {"in": ["ACTIVE", "DRAFT"]}}, "order": [{"status": "desc"}, BY_ID]},
    ),
    Call(
        "Product",
        "find_many",
        {"where": {"categories": {"some": {"category": {"is": {"slug": "women-boots"}}}}}, "order": BY_ID},
    ),
    Call("Product", "find_many", {"where": {"variants": {"every": {"stock": {"gt": 0}}}}, "order": BY_ID}),
    Call("Product", "find_many", {"where": {"reviews": {"none": {"rating": {"lt": 4}}}}, "order": BY_ID}),
    Call(
        "Product",
        "find_many",
        {
            "take": 1,
            "skip": 1,
            "order": BY_ID,
            "include": {
                "variants": {"order_by": BY_ID},
                "categories": {"include": {"category": True}, "order_by": {"categoryId": "asc"}},
            },
        },
    ),
    Call("Product", "find_many", {"cursor": {"slug": "bot"}, "take": 2, "order": BY_ID}),
    Call("Product", "count", {"where": LIVE}),
    Call("Product", "count", {"select": {"_all": True, "sku": True, "compareAtPrice": True}}),
    Call(
        "Product",
        "group_by",
        {"by": ["status"], "count": True, "sum": {"price": True}, "order": {"status": "asc"}},
    ),
    Call(
        "ProductVariant",
        "group_by",
        {
            "by": ["productId"],
            "min": {"price": True},
            "max": {"price": True},
            "avg": {"stock": True},
            "order": {"productId": "asc"},
        },
    ),
    Call(
        "ProductVariant",
        "group_by",
        {
            "by": ["productId"],
            "count": True,
            "having": {"price": {"_min": {"lt": 200}}},
            "order": {"productId": "asc"},
        },
    ),
    Call("ProductVariant", "find_many", {"where": {"inventory": None}, "order": BY_ID}),
    Call(
        "ProductVariant",
        "find_many",
        {"where": {"inventory": {"is": {"quantityReserved": {"gt": 0}}}}, "include": {"inventory": True}},
    ),
    Call(
        "ProductCategory",
        "find_unique",
        {
            "where": {"productId_categoryId": {"productId": "p2", "categoryId": "c2"}},
            "include": {"product": True},
        },
    ),
    Call("ProductCategory", "find_many", {"where": {"isPrimary": True}, "order": [{"categoryId": "asc"}]}),
    Call(
        "Category",
        "find_many",
        {
            "where": {"parentId": None},
            "include": {"children": {"include": {"children": {"include": {"products": True}}}}},
        },
    ),
    Call(
        "Category",
        "find_many",
        {"where": {"path": {"startswith": "/women/"}}, "order": [{"level": "asc"}, {"displayOrder": "asc"}]},
    ),
    Call("Category", "find_many", {"where": {"parent": {"is": {"parent": {"is": {"slug": "women"}}}}}}),
    Call(
        "User",
        "find_many",
        {
            "where": {"roles": {"some": {"role": {"is": {"name": "admin"}}}}},
            "include": {"roles": {"include": {"role": True}}},
        },
    ),
    Call(
        "User", "find_first", {"where": {"email": {"endswith": "@lumi.example"}}, "order": {"email": "desc"}}
    ),
    Call(
        "User",
        "find_unique",
        {
            "where": {"email": "u1@lumi.example"},
            "include": {
                "carts": {
                    "include": {"items": {"include": {"productVariant": {"include": {"product": True}}}}}
                }
            },
        },
    ),
    Call(
        "Order",
        "find_many",
        {
            "where": {
                "placedAt": {"gte": datetime(2024, 1, 5, tzinfo=UTC), "lt": datetime(2024, 1, 6, tzinfo=UTC)}
            },
            "include": {"items": True, "payments": True},
        },
    ),
    Call("Order", "find_many", {"where": {"payments": {"none": {}}}, "include": {"shippingAddress": True}}),
    Call(
        "Order",
        "group_by",
        {
            "by": ["userId", "status"],
            "sum": {"totalAmount": True},
            "avg": {"totalAmount": True},
            "count": {"_all": True, "cartId": True},
            "order": {"userId": "asc"},
        },
    ),
    Call("Order", "find_unique", {"where": {"cartId": "k2"}}),
    Call(
        "Cart",
        "find_first",
        {"where": {"userId": "u1", "status": "ACTIVE"}, "include": {"items": True, "order": True}},
    ),
    Call(
        "CartItem",
        "find_unique",
        {"where": {"cartId_productVariantId": {"cartId": "k1", "productVariantId": "v1"}}},
    ),
    Call("Review", "find_unique", {"where": {"userId_productId": {"userId": "u1", "productId": "p1"}}}),
    Call(
        "Review",
        "group_by",
        {"by": ["rating"], "count": True, "order": [{"_count": {"rating": "desc"}}, {"rating": "asc"}]},
    ),
    Call("Review", "find_many", {"distinct": ["productId"], "order": [{"rating": "desc"}, BY_ID]}),
    Call(
        "Coupon",
        "find_many",
        {
            "where": {
                "OR": [{"expiresAt": None}, {"expiresAt": {"gt": datetime(2024, 5, 1, tzinfo=UTC)}}],
                "NOT": [{"usageCount": {"gte": 1}}],
            }
        },
    ),
]
