"""Each CHECK refuses a row just beyond its limit and takes one at the limit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from .shop_rows import Shop

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)
STOCK: dict[str, object] = {"quantityOnHand": 3, "quantityAvailable": 2, "quantityReserved": 1}


@dataclass(frozen=True, slots=True)
class Case:
    constraint: str
    good: Mapping[str, object]
    bad: Mapping[str, object]
    given: Mapping[str, object] = field(default_factory=dict)

    @property
    def table(self) -> str:
        return self.constraint.partition("_")[0]


def case(constraint: str, good: object, bad: object, /, **given: object) -> Case:
    """Describe a check by a good and a bad value of the field that its name holds."""
    name = constraint.split("_")[1]
    return Case(constraint, {name: good}, {name: bad}, given)


def money(table: str, *fields: str, **given: object) -> list[Case]:
    return [case(f"{table}_{name}_not_negative", "0", "-0.01", **given) for name in fields]


def counter(table: str, *fields: str, **given: object) -> list[Case]:
    return [case(f"{table}_{name}_not_negative", 0, -1, **given) for name in fields]


def totals(**amounts: str) -> dict[str, object]:
    return {"subtotalAmount": "0", "totalAmount": "0", **amounts}


CURRENCIES = [
    case(f"{table}_currency_shape", "EUR", "Eur")
    for table in ("Product", "Cart", "Order", "OrderItem", "Coupon")
]

CASES = [
    case("User_email_shape", "ayşe+x@mail.example.com", "Ayse@example.com"),
    case("User_passwordHash_bcrypt", "$2b$12$" + "./Az09" * 8 + "abcde", "secret"),
    Case("User_status_follows_deletedAt", {"status": "SUSPENDED"}, {"status": "DELETED"}),
    *counter("User", "failedLoginCount"),
    case("UserSession_refreshTokenHash_sha256", "0123456789abcdef" * 4, "0123456789ABCDEF" * 4),
    case("UserSession_expiresAt_after_createdAt", AFTER, NOW, createdAt=NOW),
    case("Permission_key_shape", "order-item:read", "read"),
    case("Product_slug_shape", "keten-elbise-2", "keten--elbise"),
    case("Product_sku_shape", "LM-1/2.A_b", "LM#1"),
    *money("Product", "price", "compareAtPrice"),
    case("ProductVariant_sku_shape", "LM-1-S", "LM 1"),
    *money("ProductVariant", "price", "compareAtPrice"),
    *counter("ProductVariant", "stock", "weightGrams"),
    case("Category_slug_shape", "women-boots", "Women"),
    case("Collection_slug_shape", "summer", "-summer"),
    Case(
        "Inventory_quantityAvailable_not_negative",
        {"quantityAvailable": 0, "quantityOnHand": 1, "quantityReserved": 1},
        {"quantityAvailable": -1, "quantityOnHand": 0, "quantityReserved": 1},
    ),
    Case(
        "Inventory_quantityReserved_not_negative",
        {"quantityAvailable": 1, "quantityOnHand": 1, "quantityReserved": 0},
        {"quantityAvailable": 1, "quantityOnHand": 0, "quantityReserved": -1},
    ),
    Case(
        "Inventory_quantityOnHand_not_negative",
        STOCK,
        {"quantityAvailable": -1, "quantityOnHand": -1, "quantityReserved": 0},
    ),
    Case("Inventory_quantityOnHand_sum", STOCK, STOCK | {"quantityOnHand": 4}),
    *counter("Inventory", "lowStockThreshold"),
    case("Media_assetId_shape", "lumi/dress 1", "lumi#1"),
    *counter("Media", "sizeBytes"),
    case("Media_width_at_least_1", 1, 0),
    case("Media_height_at_least_1", 1, 0),
    case("Cart_expiresAt_after_createdAt", AFTER, BEFORE, createdAt=NOW),
    case("CartItem_quantity_at_least_1", 1, 0),
    *money("CartItem", "unitPrice"),
    case("Address_country_shape", "DE", "Germany"),
    case("Order_reference_shape", "LM-2026-1000000", "LM-2026-12345"),
    Case(
        "Order_subtotalAmount_not_negative",
        totals(),
        totals(subtotalAmount="-1", shippingAmount="1"),
    ),
    Case(
        "Order_discountAmount_not_negative",
        totals(discountAmount="0"),
        totals(discountAmount="-1", totalAmount="1"),
    ),
    Case(
        "Order_shippingAmount_not_negative",
        totals(shippingAmount="0"),
        totals(subtotalAmount="1", shippingAmount="-1"),
    ),
    Case(
        "Order_totalAmount_not_negative",
        totals(subtotalAmount="1", discountAmount="1"),
        totals(discountAmount="1", totalAmount="-1", taxAmount="-1"),
    ),
    Case("Order_taxAmount_not_negative", totals(taxAmount="0"), totals(taxAmount="-0.01")),
    Case(
        "Order_totalAmount_sum",
        {"subtotalAmount": "100", "discountAmount": "20", "shippingAmount": "9.90", "totalAmount": "89.90"},
        {"subtotalAmount": "100", "discountAmount": "20", "shippingAmount": "9.90", "totalAmount": "89.91"},
    ),
    Case("Order_taxAmount_within_total", {"taxAmount": "100"}, {"taxAmount": "100.01"}),
    case("Order_shippingAddressSnapshot_object", '{"city": "İzmir"}', '["İzmir"]'),
    case("Order_billingAddressSnapshot_object", "{}", "null"),
    case("OrderItem_quantity_at_least_1", 1, 0),
    case("OrderItem_quantityReserved_within_quantity", 2, 3, quantity=2),
    *money("OrderItem", "unitPrice"),
    *money("Payment", "paidPrice"),
    case("Payment_installment_at_least_1", 1, 0),
    case("Payment_cardToken_no_card_number", "tok_4242424242424242", "4242 4242 4242 4242"),
    case("Payment_binNumber_shape", "42424242", "4242424242"),
    case("Payment_lastFourDigits_shape", "4242", "42424"),
    case("Payment_fraudScore_0_to_100", 100, 101),
    case("SavedCard_cardToken_no_card_number", "b2c6", "4242424242424242"),
    case("SavedCard_cardAlias_no_card_number", "Bonus 4242", "my 4242-4242-4242-4242"),
    case("SavedCard_binNumber_shape", "424242", "42424"),
    case("SavedCard_lastFourDigits_shape", "0000", "000"),
    case("SavedCard_expiryMonth_1_to_12", 12, 13),
    case("SavedCard_expiryYear_four_digits", 2030, 30),
    case("PaymentRefund_amount_positive", "0.01", "0"),
    case("Review_rating_1_to_5", 1, 6),
    *counter("Review", "helpfulCount", "notHelpfulCount"),
    case("Coupon_code_shape", "SUMMER-25", "summer"),
    *money("Coupon", "value", "minOrderAmount", "maxDiscountAmount"),
    case("Coupon_value_percentage", "100", "100.01"),
    *counter("Coupon", "usageLimit", "usageCount"),
    case("Coupon_usageCount_within_limit", 5, 6, usageLimit=5),
    case("Coupon_expiresAt_after_startsAt", AFTER, NOW, startsAt=NOW),
    *money("CouponUsage", "discountAmount"),
    *CURRENCIES,
]
# These need an order of the same amount or currency, and have a test of their own.
OF_ORDERS = {"Payment_amount_not_negative", "Payment_currency_shape", "PaymentRefund_currency_shape"}
# No row breaks these alone, and PostgreSQL names the check that is first by name.
NEVER_ALONE = {
    "Order_totalAmount_not_negative",
    "Inventory_quantityOnHand_not_negative",
    "Coupon_usageLimit_not_negative",
}


@pytest.mark.parametrize("table", sorted({case.table for case in CASES}))
async def test_the_checks_of_a_table_take_a_row_at_the_limit_and_refuse_one_beyond(
    shop: Shop, table: str
) -> None:
    for case in (case for case in CASES if case.table == table):
        await shop.insert(table, **case.given, **case.good)
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await shop.insert(table, **case.given, **case.bad)
        assert refused.value.table_name == table
        assert refused.value.constraint_name == case.constraint or case.constraint in NEVER_ALONE


async def test_a_payment_follows_its_order_in_amount_and_currency_that_a_check_allows(shop: Shop) -> None:
    order = await shop.insert("Order", subtotalAmount="0", totalAmount="0", currency="EUR")
    payment = await shop.insert("Payment", orderId=order["id"], amount="0", currency="EUR")
    for constraint, values in (
        ("Payment_amount_not_negative", {"amount": "-1"}),
        ("Payment_currency_shape", {"currency": "eur"}),
    ):
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await shop.insert("Payment", **{"orderId": order["id"], "amount": "0", **values})
        assert refused.value.constraint_name == constraint
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.insert("PaymentRefund", paymentId=payment["id"], currency="€")
    assert refused.value.constraint_name == "PaymentRefund_currency_shape"


@pytest.mark.parametrize(
    ("table", "column"), [("Product", "price"), ("Order", "totalAmount"), ("PaymentRefund", "amount")]
)
async def test_money_is_never_nan(shop: Shop, table: str, column: str) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await shop.insert(table, **{column: "NaN"})


async def test_shapes_hold_for_live_rows_only(shop: Shop) -> None:
    user = await shop.insert("User", email="GONE", passwordHash="", deletedAt=NOW)
    assert user["email"] == f"GONE#{user['id']}"


async def test_every_check_of_the_catalogue_has_a_case(shop: Shop) -> None:
    rows = await shop.connection.fetch(
        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace"
    )
    assert {row["conname"] for row in rows} == {case.constraint for case in CASES} | OF_ORDERS


async def test_a_check_is_named_after_its_table_and_one_of_its_fields(shop: Shop) -> None:
    columns = await shop.connection.fetch(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    )
    known = {(row["table_name"], row["column_name"]) for row in columns}
    for case in CASES:
        table, name = re.split("_", case.constraint)[:2]
        assert (table, name) in known
