"""What an input lets through the database's CHECKs let through too, and the other way round."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from lumi_db import Database, ValidationError
from lumi_db.dto.accounts import AddressCreate, PermissionCreate, UserCreate
from lumi_db.dto.base import Input, parse
from lumi_db.dto.carts import CartItemCreate
from lumi_db.dto.catalogue import (
    CategoryCreate,
    CollectionCreate,
    InventoryCreate,
    MediaCreate,
    ProductCreate,
    VariantCreate,
)
from lumi_db.dto.coupons import CouponCreate
from lumi_db.dto.examples import EXAMPLES
from lumi_db.dto.payments import PaymentCreate, PaymentRefundCreate, SavedCardCreate
from lumi_db.dto.reviews import ReviewCreate

SLUGS = (("women-boots", "a", "0"), ("Women", "a--b", "-a", "a-", "ş", "a b", "a#b"))
SKUS = (("A", "drs-01/M", "a.b_c"), ("-a", "a-", "a b", "ş", "a#b"))
CURRENCIES = (("TRY", "EUR"), ("try", "TR", "TRYY", "T1Y", "ŞTL"))
MONEY = (("0", "0.01", "9999999999.99"), ("-0.01", "NaN"))
BINS = (("123456", "12345678"), ("12345", "123456789", "12345a"))
LAST_FOUR = (("1234", "0000"), ("123", "12345", "abcd"))
TOKENS = (
    ("tok_1", "12345678901", "1234 5678 9012 345x"),
    ("123456789012", "4111 1111 1111 1111", "4111-1111-1111-1111"),
)
COUNTS = ((0, 1), (-1,))
FROM_ONE = ((1, 2**31 - 1), (0, -1))

VALUES: dict[str, tuple[type[Input], tuple[tuple[Any, ...], tuple[Any, ...]]]] = {
    "User_email_shape": (
        UserCreate,
        (("a@b.co", "ş+1@b.c.d", "a@b.co'"), ("a@b", "a@@b.co", "a b@c.de", "a@b..co", "a@b.co#x", f"{'x' * 251}@b.c")),
    ),
    "Permission_key_shape": (PermissionCreate, (("a:b", "a:*", "a-1:b_2"), ("A:b", "a", "a:", ":b", "a:b:c", "a:*b"))),
    "Product_slug_shape": (ProductCreate, SLUGS),
    "Category_slug_shape": (CategoryCreate, SLUGS),
    "Collection_slug_shape": (CollectionCreate, SLUGS),
    "Product_sku_shape": (ProductCreate, SKUS),
    "ProductVariant_sku_shape": (VariantCreate, SKUS),
    "Product_price_not_negative": (ProductCreate, MONEY),
    "Product_compareAtPrice_not_negative": (ProductCreate, MONEY),
    "ProductVariant_price_not_negative": (VariantCreate, MONEY),
    "ProductVariant_compareAtPrice_not_negative": (VariantCreate, MONEY),
    "ProductVariant_weightGrams_not_negative": (VariantCreate, COUNTS),
    "Inventory_quantityAvailable_not_negative": (InventoryCreate, COUNTS),
    "Inventory_lowStockThreshold_not_negative": (InventoryCreate, COUNTS),
    "Media_assetId_shape": (MediaCreate, (("a/b c", "ş"), ("a#b",))),
    "Media_sizeBytes_not_negative": (MediaCreate, COUNTS),
    "Media_width_at_least_1": (MediaCreate, FROM_ONE),
    "Media_height_at_least_1": (MediaCreate, FROM_ONE),
    "CartItem_quantity_at_least_1": (CartItemCreate, ((1, 10_000), (0, -1))),
    "Address_country_shape": (AddressCreate, (("TR", "DE"), ("tr", "T", "TUR", "T1"))),
    "Product_currency_shape": (ProductCreate, CURRENCIES),
    "Payment_currency_shape": (PaymentCreate, CURRENCIES),
    "PaymentRefund_currency_shape": (PaymentRefundCreate, CURRENCIES),
    "Coupon_currency_shape": (CouponCreate, CURRENCIES),
    "Payment_amount_not_negative": (PaymentCreate, MONEY),
    "Payment_paidPrice_not_negative": (PaymentCreate, MONEY),
    "Payment_installment_at_least_1": (PaymentCreate, FROM_ONE),
    "Payment_cardToken_no_card_number": (PaymentCreate, TOKENS),
    "Payment_binNumber_shape": (PaymentCreate, BINS),
    "Payment_lastFourDigits_shape": (PaymentCreate, LAST_FOUR),
    "Payment_fraudScore_0_to_100": (PaymentCreate, ((0, 100), (-1, 101))),
    "SavedCard_cardToken_no_card_number": (SavedCardCreate, TOKENS),
    "SavedCard_cardAlias_no_card_number": (
        SavedCardCreate,
        (("My card 1234", "12345678901"), ("Visa 4111 1111 1111 1111", "4111-1111-1111", "x123456789012y")),
    ),
    "SavedCard_binNumber_shape": (SavedCardCreate, BINS),
    "SavedCard_lastFourDigits_shape": (SavedCardCreate, LAST_FOUR),
    "SavedCard_expiryMonth_1_to_12": (SavedCardCreate, ((1, 12), (0, 13))),
    "SavedCard_expiryYear_four_digits": (SavedCardCreate, ((2000, 9999), (30, 1999, 10_000))),
    "PaymentRefund_amount_positive": (PaymentRefundCreate, (("0.01", "9999999999.99"), ("0", "-1", "NaN"))),
    "Review_rating_1_to_5": (ReviewCreate, ((1, 5), (0, 6))),
    "Coupon_code_shape": (CouponCreate, (("SUMMER-25", "A_1"), ("-A", "A B", "Ş", "A#B"))),
    "Coupon_value_not_negative": (CouponCreate, (("0", "100"), ("-1", "NaN"))),
    "Coupon_value_percentage": (CouponCreate, (("0", "100"), ("100.01",))),
    "Coupon_minOrderAmount_not_negative": (CouponCreate, MONEY),
    "Coupon_maxDiscountAmount_not_negative": (CouponCreate, MONEY),
    "Coupon_usageLimit_not_negative": (CouponCreate, COUNTS),
}  # fmt: skip
"""CHECK → the input that has its field, values that both take, values that both refuse."""

ABOUT_THE_SERVERS_FIELDS = {
    *("User_passwordHash_bcrypt", "User_status_follows_deletedAt", "User_failedLoginCount_not_negative"),
    *("UserSession_refreshTokenHash_sha256", "UserSession_expiresAt_after_createdAt"),
    *("ProductVariant_stock_not_negative", "Cart_currency_shape", "Cart_expiresAt_after_createdAt"),
    *("Inventory_quantityReserved_not_negative", "Inventory_quantityOnHand_not_negative"),
    *("Inventory_quantityOnHand_sum", "CartItem_unitPrice_not_negative", "CouponUsage_discountAmount_not_negative"),
    *("Review_helpfulCount_not_negative", "Review_notHelpfulCount_not_negative"),
    *("Coupon_usageCount_not_negative", "Coupon_usageCount_within_limit"),
}  # fmt: skip
TWO_FIELDS = {"Coupon_expiresAt_after_startsAt"}


async def _check_takes(database: Database, constraint: str, row: Mapping[str, Any]) -> bool:
    """Ask the CHECK about a row of which only these fields are known; like PostgreSQL, null is no refusal."""
    table = constraint.split("_", maxsplit=1)[0]
    client: Any = database.client
    found = await client.query_raw(
        "SELECT pg_get_expr(conbin, conrelid) AS words FROM pg_constraint WHERE conname = $1", constraint
    )
    sql = f'SELECT ({found[0]["words"]}) IS NOT FALSE AS ok FROM jsonb_populate_record(NULL::"{table}", $1::jsonb)'
    return bool((await client.query_raw(sql, json.dumps(row)))[0]["ok"])


def _input_takes(model: type[Input], data: Mapping[str, Any], field: str) -> bool:
    try:
        parse(model, data)
    except ValidationError as error:
        assert error.fields == (field,)
        return False
    return True


@pytest.mark.parametrize("constraint", VALUES)
async def test_an_input_and_the_check_agree(database: Database, constraint: str) -> None:
    model, (right, wrong) = VALUES[constraint]
    field = constraint.split("_")[1]
    known = {"type": "PERCENTAGE"} if model is CouponCreate else {}
    for value in (*right, *wrong):
        assert _input_takes(model, {**EXAMPLES[model], field: value}, field) == (value in right), value
        assert await _check_takes(database, constraint, {**known, field: value}) == (value in right), value


async def test_a_coupon_that_ends_before_it_starts_is_refused_by_both(database: Database) -> None:
    times = {"startsAt": "2026-01-02T00:00:00Z", "expiresAt": "2026-01-02T00:00:00Z"}
    assert not _input_takes(CouponCreate, {**EXAMPLES[CouponCreate], **times}, "expiresAt")
    assert not await _check_takes(database, "Coupon_expiresAt_after_startsAt", times)


async def test_every_check_was_compared(database: Database) -> None:
    client: Any = database.client
    rows = await client.query_raw("SELECT conname AS name FROM pg_constraint WHERE contype = 'c'")
    said = VALUES.keys() | ABOUT_THE_SERVERS_FIELDS | TWO_FIELDS
    names = {row["name"] for row in rows if "_" in row["name"] and row["name"][0].isupper()}
    assert {name for name in names if not name.startswith(("Order_", "OrderItem_"))} == said
