"""Amounts are right to the cent, rounded half up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lumi_db.money import contained_tax, round_cents, take_off


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.01"), ("0.004", "0.00"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("1", "1.00")],
)
def test_half_a_cent_is_rounded_up(amount: str, rounded: str) -> None:
    assert str(round_cents(Decimal(amount))) == rounded


@pytest.mark.parametrize(
    ("total", "rate", "tax"),
    [("120.00", "0.20", "20.00"), ("99.99", "0.20", "16.67"), ("10.00", "0", "0.00")],
)
def test_the_tax_is_contained_in_the_total(total: str, rate: str, tax: str) -> None:
    assert contained_tax(Decimal(total), Decimal(rate)) == Decimal(tax)


@pytest.mark.parametrize(
    ("type_", "value", "most", "off"),
    [
        ("PERCENTAGE", "10", None, "10.05"),
        ("PERCENTAGE", "10", "5.00", "5.00"),
        ("PERCENTAGE", "100", None, "100.45"),
        ("FIXED_AMOUNT", "200", None, "100.45"),
        ("FIXED_AMOUNT", "20", None, "20"),
        ("FREE_SHIPPING", "20", None, "0.00"),
    ],
)
def test_a_coupon_takes_off_no_more_than_there_is(type_: str, value: str, most: str | None, off: str) -> None:
    taken = take_off(Decimal("100.45"), type_, Decimal(value), None if most is None else Decimal(most))
    assert taken == Decimal(off)
