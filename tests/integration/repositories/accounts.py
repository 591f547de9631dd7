"""What tests of accounts begin with: a shop whose passwords are quick to hash, and users in it."""

from __future__ import annotations

from itertools import count
from typing import Any

from lumi_db import Database
from lumi_db.passwords import hash_password
from lumi_db.rules import ShopRules
from lumi_db.shop import Shop

PASSWORD = "correct horse"

_numbers = count(1)


def quick_shop(database: Database, **rules: Any) -> Shop:
    return Shop(database.client, ShopRules(**{"password_cost": 4, **rules}))


async def make_user(shop: Shop, **given: Any) -> Any:
    values = {"email": f"user{next(_numbers)}@example.com", **given}
    if "passwordHash" not in values:
        values["passwordHash"] = await hash_password(PASSWORD, cost=4)
    return await shop.client.user.create(values)  # type: ignore[arg-type]


async def events(shop: Shop) -> list[str]:
    """Return the types of all security events in the order in which they were written."""
    rows = await shop.client.securityevent.find_many(order={"id": "asc"})
    return [str(row.type) for row in rows]
