"""What inputs take, what they make of it, and what they say of the rest."""

from __future__ import annotations

import math
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from lumi_db.dto.accounts import UserCreate, UserUpdate
from lumi_db.dto.base import Input, parse
from lumi_db.dto.catalogue import InventoryAdjust, InventoryCreate, ProductCreate, ProductUpdate
from lumi_db.dto.coupons import CouponCreate, CouponUpdate
from lumi_db.dto.examples import EXAMPLES, VARIANT
from lumi_db.dto.payments import PaymentCreate, SavedCardCreate
from lumi_db.errors import ValidationError


def problems(model: type[Input], **data: Any) -> dict[str, str]:
    """Return field → message of what is refused in otherwise good data."""
    with pytest.raises(ValidationError) as caught:
        parse(model, {**EXAMPLES.get(model, {}), **data})
    assert caught.value.entity == model.entity
    return {problem.field: problem.message for problem in caught.value.problems}


def taken(model: type[Input], **data: Any) -> dict[str, Any]:
    return parse(model, {**EXAMPLES.get(model, {}), **data}).data()


@pytest.mark.parametrize("model", EXAMPLES, ids=lambda one: one.__name__)
def test_the_least_data_are_taken_and_only_they_are_passed_on(model: type[Input]) -> None:
    parsed = parse(model, EXAMPLES[model])
    filled_in = {"quantityAvailable", "quantityOnHand", "inventory"}
    assert parsed.data().keys() - filled_in <= EXAMPLES[model].keys()
    assert parse(model, parsed) is parsed


@pytest.mark.parametrize(
    ("given", "stored"),
    [("12.5", "12.50"), (3, "3.00"), (Decimal("1E+2"), "100.00"), ("7.000", "7.00"), (Decimal("-0"), "0.00")],
)
def test_money_has_two_places(given: Any, stored: str) -> None:
    assert str(taken(ProductUpdate, price=given)["price"]) == stored


@pytest.mark.parametrize(
    "value",
    [
        0.1,
        True,
        "0.001",
        Decimal("1.005"),
        "1e3",
        "1_000",
        "٣",
        "",
        None,
        [],
        Decimal("NaN"),
        Decimal("sNaN"),
    ],
)
def test_money_is_never_rounded_nor_guessed(value: Any) -> None:
    assert list(problems(ProductUpdate, price=value)) == ["price"]


def test_a_float_is_told_why_it_is_no_amount() -> None:
    words = "price must not be a float, which is not exact: give a Decimal, or a text such as '49.90'."
    assert problems(ProductCreate, price=49.9) == {"price": words}


@pytest.mark.parametrize("password", ["short 7", "ş" * 37, "x" * 73])
def test_a_password_is_eight_characters_to_72_bytes(password: str) -> None:
    words = problems(UserCreate, password=password)["password"]
    assert "72 bytes or fewer" in words
    assert password not in words


def test_the_longest_password_is_kept_whole() -> None:
    user = parse(UserCreate, {**EXAMPLES[UserCreate], "password": f" {'ş' * 35} "})
    assert user.password.get_secret_value() == f" {'ş' * 35} "


def test_an_email_is_trimmed_and_in_lower_case_and_a_code_in_capitals() -> None:
    assert taken(UserCreate, email=" Ada@Example.COM ")["email"] == "ada@example.com"
    assert taken(CouponCreate, code=" summer-25 ")["code"] == "SUMMER-25"


def test_what_is_not_given_differs_from_null() -> None:
    assert taken(UserUpdate, phone=None) == {"phone": None}
    assert taken(UserUpdate) == {}
    words = "title must not be null: leave it out, or give a value."
    assert problems(ProductUpdate, title=None) == {"title": words}


def test_a_nested_field_is_named_by_its_path() -> None:
    found = problems(ProductCreate, variants=[VARIANT, {**VARIANT, "price": "-1", "colour": "red"}, 3])
    assert found["variants.1.price"] == "variants.1.price must be an amount from 0.00 to 9999999999.99."
    assert found["variants.1.colour"] == "variants.1.colour is not known here: leave it out."
    assert found["variants.2"] == "variants.2 must be an object with its fields."


def test_an_unknown_field_is_told_the_known_ones() -> None:
    words = "nick is not known here: use one of firstName, lastName, phone."
    assert problems(UserUpdate, nick="x") == {"nick": words}


def test_a_product_has_one_primary_variant_and_skus_of_their_own() -> None:
    two = [{**VARIANT, "isPrimary": True}, {**VARIANT, "sku": "B", "isPrimary": True}]
    assert "more than one primary" in problems(ProductCreate, variants=two)["variants"]
    assert "sku of their own" in problems(ProductCreate, variants=[VARIANT, VARIANT])["variants"]
    assert "each id once" in problems(ProductCreate, mediaIds=["m", "m"])["mediaIds"]


def test_an_enum_is_told_its_values() -> None:
    assert problems(ProductCreate, status="SOLD") == {
        "status": "status must be one of 'DRAFT', 'ACTIVE' or 'ARCHIVED'."
    }


@pytest.mark.parametrize("value", [math.nan, math.inf, {1: 2}, {"a": {1, 2}}, Decimal(1), b"x"])
def test_json_holds_only_what_json_has(value: Any) -> None:
    assert list(problems(ProductCreate, attributes={"key": value})) == ["attributes"]


def test_json_that_holds_itself_is_refused() -> None:
    endless: dict[str, Any] = {}
    endless["again"] = endless
    assert "nested deeper" in problems(ProductCreate, attributes=endless)["attributes"]


def test_json_is_wrapped_for_the_client() -> None:
    data = taken(ProductCreate, attributes={"size": "M", "parts": [1, None, True]})
    assert data["attributes"].data == {"size": "M", "parts": [1, None, True]}
    assert taken(ProductCreate, attributes=data["attributes"])["attributes"].data == data["attributes"].data


@pytest.mark.parametrize("key", ["cardNumber", "card_number", "CVC", "cvv2"])
def test_what_a_provider_sends_holds_no_card_data(key: str) -> None:
    found = problems(PaymentCreate, rawPayload={"card": [{key: "4111111111111111"}]})
    assert found == {"rawPayload": "rawPayload must not hold a card's number or security code: take it out."}


@pytest.mark.parametrize("value", [1.0, "1", True, 2**31])
def test_a_whole_number_is_one(value: Any) -> None:
    assert (
        "whole number"
        in problems(ProductCreate, variants=[{**VARIANT, "quantity": value}])["variants.0.quantity"]
    )


@pytest.mark.parametrize("value", [0, 1.5, "tomorrow", "2026-01-31", "2026-01-31T12:00:00", True])
def test_an_instant_has_its_offset(value: Any) -> None:
    assert "with its offset" in problems(CouponUpdate, startsAt=value)["startsAt"]


def test_an_instant_becomes_utc() -> None:
    data = taken(CouponUpdate, startsAt="2026-01-31T12:00:00+03:00")
    assert data == {"startsAt": datetime(2026, 1, 31, 9, tzinfo=UTC)}


def test_a_coupon_that_never_ends_or_starts_now_needs_no_times() -> None:
    assert taken(CouponCreate, expiresAt=None)["expiresAt"] is None
    assert "leave it out" in problems(CouponCreate, startsAt=None)["startsAt"]


def test_first_stock_lies_in_the_warehouse() -> None:
    assert taken(InventoryCreate, quantityAvailable=7)["quantityOnHand"] == 7
    assert "must not be 0" in problems(InventoryAdjust, by=0)["by"]


def test_secrets_are_neither_in_a_repr_nor_in_an_error() -> None:
    card = parse(SavedCardCreate, EXAMPLES[SavedCardCreate])
    payment = parse(PaymentCreate, {**EXAMPLES[PaymentCreate], "idempotencyKey": "hush", "cardToken": "hush"})
    user = parse(UserCreate, EXAMPLES[UserCreate])
    assert "tok_1" not in f"{card!r} {card}"
    assert "hush" not in f"{payment!r} {payment}"
    assert "a long password" not in f"{user!r} {user} {user.model_dump_json()}"
    assert card.data()["cardToken"] == "tok_1"


def test_a_value_is_never_in_an_error() -> None:
    found = problems(
        SavedCardCreate, cardToken="4111 1111 1111 1111", expiryYear="hush", lastFourDigits="hush"
    )
    assert set(found) == {"cardToken", "expiryYear", "lastFourDigits"}
    assert not any("hush" in words or "4111" in words for words in found.values())


def test_data_that_are_no_mapping_are_refused() -> None:
    with pytest.raises(ValidationError, match="must be a mapping or UserUpdate"):
        parse(UserUpdate, ["x"])  # type: ignore[arg-type]


def test_the_generated_client_is_not_loaded_for_the_inputs() -> None:
    code = (
        "import sys, lumi_db.dto.catalogue, lumi_db.dto.payments; print('lumi_db.generated' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
