"""createdAt never changes and is never in the future; updatedAt is the client's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from .shop_rows import VALUES, Shop


async def test_created_at_of_no_table_changes(shop: Shop) -> None:
    for table in set(VALUES) - {"AuditLog"}:
        await shop.insert(table)
        await shop.connection.execute(f'UPDATE "{table}" SET "createdAt" = "createdAt"')
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await shop.connection.execute(f'UPDATE "{table}" SET "createdAt" = "createdAt" - interval \'1s\'')
        assert refused.value.constraint_name == f"{table}_createdAt_immutable"
        assert refused.value.column_name == "createdAt"


async def test_created_at_of_no_table_is_in_the_future(shop: Shop) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    for table in VALUES:
        await shop.insert(table, createdAt=datetime(2026, 1, 1, tzinfo=UTC))
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await shop.insert(table, createdAt=tomorrow)
        assert refused.value.constraint_name == f"{table}_createdAt_not_in_future"
        assert refused.value.column_name == "createdAt"


async def test_a_clock_a_little_ahead_is_moved_back(shop: Shop) -> None:
    ahead = await shop.connection.fetchval("SELECT clock_timestamp() + interval '20 seconds'")
    role = await shop.insert("Role", createdAt=ahead)
    assert role["createdAt"] <= await shop.connection.fetchval("SELECT clock_timestamp()")


async def test_no_trigger_writes_updated_at(shop: Shop) -> None:
    inventory = await shop.insert("Inventory")
    variant = await shop.get("ProductVariant", inventory["productVariantId"])
    await shop.set("Inventory", inventory["id"], '"quantityAvailable" = 3, "quantityOnHand" = 3')
    changed = await shop.get("ProductVariant", variant["id"])
    assert (changed["stock"], changed["version"], changed["updatedAt"]) == (
        3,
        variant["version"],
        variant["updatedAt"],
    )
