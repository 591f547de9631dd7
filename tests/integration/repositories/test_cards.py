"""Saved cards: one default a user, and never a card's number."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from lumi_db import ConflictError, NotFoundError, OperationError, ValidationError
from lumi_db.shop import Shop

from .accounts import make_user
from .conftest import Statements

_numbers = count(1)


def card(user: Any, **given: Any) -> dict[str, Any]:
    values = {"cardToken": f"token-{next(_numbers)}", "lastFourDigits": "4242", "expiryMonth": 6}
    return {"userId": user.id, **values, "expiryYear": 2030, **given}


async def test_the_first_card_is_the_default_and_another_takes_its_place(shop: Shop) -> None:
    user = await make_user(shop)
    first, second = [await shop.saved_cards.create(card(user)) for _ in range(2)]
    assert (first.isDefault, second.isDefault) == (True, False)
    await shop.saved_cards.set_default(second.id, user_id=user.id)
    assert [row.id for row in await shop.saved_cards.list_of_user(user.id)] == [second.id, first.id]
    assert [row.isDefault for row in await shop.saved_cards.list_of_user(user.id)] == [True, False]


async def test_many_changes_at_once_leave_one_default(shop: Shop) -> None:
    user = await make_user(shop)
    rows = await asyncio.gather(*(shop.saved_cards.create(card(user)) for _ in range(6)))
    await asyncio.gather(*(shop.saved_cards.set_default(row.id) for row in rows))
    assert sum(row.isDefault for row in await shop.saved_cards.list_of_user(user.id)) == 1


async def test_a_card_is_good_to_the_end_of_its_month(shop: Shop, statements: Statements) -> None:
    user = await make_user(shop)
    old, good, new = [
        await shop.saved_cards.create(card(user, expiryMonth=month, expiryYear=year))
        for month, year in ((5, 2030), (6, 2030), (1, 2031))
    ]
    with statements() as sent:
        found = await shop.saved_cards.list_valid(user.id, at=datetime(2030, 6, 30, tzinfo=UTC))
    assert len(sent) == 1
    assert {row.id for row in found} == {good.id, new.id}
    assert old.id in {row.id for row in await shop.saved_cards.list_valid(user.id)} or datetime.now(
        UTC
    ) > datetime(2030, 5, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "kind", "field"),
    [
        ({"cardToken": "4242 4242 4242 4242"}, ValidationError, "cardToken"),
        ({"cardAlias": "mine 4242-4242-4242-4242"}, ValidationError, "cardAlias"),
        ({"lastFourDigits": "42"}, ValidationError, "lastFourDigits"),
        ({"expiryMonth": 13}, ValidationError, "expiryMonth"),
        ({"cardToken": "known"}, ConflictError, "cardToken"),
    ],
)
async def test_a_card_that_breaks_a_rule_is_refused(
    shop: Shop, given: dict[str, Any], kind: type[OperationError], field: str
) -> None:
    user = await make_user(shop)
    await shop.saved_cards.create(card(user, cardToken="known"))
    with pytest.raises(kind) as caught:
        await shop.saved_cards.create(card(user, **given))
    assert caught.value.fields == (field,)
    assert "4242" not in str(caught.value.problem())
    assert await shop.saved_cards.count() == 1


async def test_a_card_of_somebody_else_is_not_there_and_no_token_is_shown(shop: Shop) -> None:
    mine = await shop.saved_cards.create(card(await make_user(shop)))
    with pytest.raises(NotFoundError):
        await shop.saved_cards.delete(mine.id, user_id="stranger")
    assert mine.cardToken not in repr(mine)
