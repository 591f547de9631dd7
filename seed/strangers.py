"""Look for rows of a shop that a profile did not make."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from seed.actions import actions_of
from seed.data.access import ADMIN_EMAIL
from seed.tables import Part

if TYPE_CHECKING:
    from lumi_db.client import Prisma

# What makes a database somebody's shop, with the word for several. Roles, permissions and the administrator do
# not: a database that was set up with `prod` is still empty.
_SHOP = {
    "user": "users",
    "product": "products",
    "category": "categories",
    "collection": "collections",
    "coupon": "coupons",
    "media": "media",
    "cart": "carts",
    "order": "orders",
    "review": "reviews",
}


async def describe_strangers(client: Prisma, parts: Iterable[Part], *, tag: str = "") -> str:
    """Name the rows that are not of these parts, for example `3 products and 1 order`; empty without any.

    With a tag, rows whose ids begin with it are not strangers either.
    """
    own = _ids(parts)
    found = []
    for table, word in _SHOP.items():
        where: dict[str, object] = {"id": {"not_in": own[table]}}
        if table == "user":
            where["email"] = {"not": ADMIN_EMAIL}
        if tag:
            where["NOT"] = [{"id": {"startswith": tag}}]
        if count := await actions_of(client, table).count(where=where):
            found.append(f"{count} {word if count > 1 else table}")
    return " and ".join(found)


def _ids(parts: Iterable[Part]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {table: [] for table in _SHOP}
    for part in parts:
        for table in part.tables:
            if table.name in ids:
                ids[table.name] += [str(row["id"]) for row in table.rows]
    return ids
