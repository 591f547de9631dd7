"""The reference, the way of the status, and whose an order is."""

from __future__ import annotations

import re
from itertools import product

import asyncpg
import pytest

from .shop_rows import Shop

STATUSES = ("PENDING", "PAID", "FULFILLED", "SHIPPED", "DELIVERED", "CANCELLED")
ALLOWED = {
    ("PENDING", "PAID"),
    ("PAID", "FULFILLED"),
    ("FULFILLED", "SHIPPED"),
    ("SHIPPED", "DELIVERED"),
    ("PENDING", "CANCELLED"),
    ("PAID", "CANCELLED"),
    ("FULFILLED", "CANCELLED"),
}


async def test_a_reference_is_made_of_the_year_and_six_digits(shop: Shop) -> None:
    references = [(await shop.insert("Order"))["reference"] for _ in range(3)]
    assert all(re.fullmatch(r"LM-\d{4}-\d{6}", reference) for reference in references)
    assert sorted(set(references)) == references


async def test_references_go_on_beyond_a_million(shop: Shop) -> None:
    await shop.connection.execute("SELECT setval('\"Order_reference_seq\"', 999999)")
    assert (await shop.insert("Order"))["reference"].endswith("-1000000")


async def test_a_reference_is_never_used_again(shop: Shop) -> None:
    first = await shop.insert("Order")
    await shop.delete("Order", first["id"])
    assert (await shop.insert("Order"))["reference"] > first["reference"]


async def test_a_reference_that_a_row_brought_with_it_is_passed_over(shop: Shop) -> None:
    reference = (await shop.insert("Order"))["reference"]
    prefix, number = reference[:8], int(reference[8:])
    await shop.insert("Order", reference=f"{prefix}{number + 1:06}")
    assert (await shop.insert("Order"))["reference"] == f"{prefix}{number + 2:06}"


async def test_a_status_goes_one_step_forward_or_is_cancelled_before_shipping(shop: Shop) -> None:
    for old, new in product(STATUSES, STATUSES):
        order = await shop.insert("Order", status=old)
        if (old, new) in ALLOWED or old == new:
            await shop.set("Order", order["id"], f"\"status\" = '{new}'")
            continue
        with pytest.raises(asyncpg.CheckViolationError, match=f"is {old} cannot become {new}") as refused:
            await shop.set("Order", order["id"], f"\"status\" = '{new}'")
        assert refused.value.constraint_name == "Order_status_transition"
        assert refused.value.column_name == "status"


async def test_an_order_has_a_user(shop: Shop) -> None:
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await shop.insert("Order", userId=None)
    assert refused.value.constraint_name == "Order_userId_kept"
    order = await shop.insert("Order")
    with pytest.raises(asyncpg.CheckViolationError):
        await shop.set("Order", order["id"], '"userId" = NULL')


async def test_an_order_outlives_its_user_and_can_still_be_written(shop: Shop) -> None:
    order = await shop.insert("Order")
    await shop.delete("User", order["userId"])
    await shop.set("Order", order["id"], '"userId" = NULL, "notes" = \'kept\'')
    assert (await shop.get("Order", order["id"]))["userId"] is None
