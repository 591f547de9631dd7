"""Paths and levels follow; no category is its own ancestor."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from .shop_rows import Row, Shop


async def _tree(shop: Shop) -> dict[str, str]:
    """Insert women > women-shoes > women-boots and men, and return their ids by slug."""
    ids: dict[str, str] = {}
    for slug, parent in (
        ("women", None),
        ("women-shoes", "women"),
        ("women-boots", "women-shoes"),
        ("men", None),
    ):
        row = await shop.insert("Category", id=slug, slug=slug, parentId=parent)
        ids[slug] = row["id"]
    return ids


async def _paths(shop: Shop) -> dict[str, tuple[str, int]]:
    rows = await shop.connection.fetch('SELECT "id", "path", "level" FROM "Category"')
    return {row["id"]: (row["path"], row["level"]) for row in rows}


async def _move(connection: asyncpg.Connection[Row], slug: str, parent: str | None) -> None:
    await connection.execute('UPDATE "Category" SET "parentId" = $2 WHERE "id" = $1', slug, parent)


async def test_a_path_joins_the_slugs_from_the_root_and_the_level_counts_them(shop: Shop) -> None:
    await _tree(shop)
    assert await _paths(shop) == {
        "women": ("/women", 0),
        "women-shoes": ("/women/women-shoes", 1),
        "women-boots": ("/women/women-shoes/women-boots", 2),
        "men": ("/men", 0),
    }


async def test_paths_follow_when_a_category_moves(shop: Shop) -> None:
    await _tree(shop)
    await _move(shop.connection, "women-shoes", "men")
    paths = await _paths(shop)
    assert paths["women-shoes"] == ("/men/women-shoes", 1)
    assert paths["women-boots"] == ("/men/women-shoes/women-boots", 2)
    await _move(shop.connection, "women-shoes", None)
    assert (await _paths(shop))["women-boots"] == ("/women-shoes/women-boots", 1)


async def test_paths_follow_when_a_slug_changes(shop: Shop) -> None:
    await _tree(shop)
    await shop.set("Category", "women", "\"slug\" = 'ladies'")
    assert (await _paths(shop))["women-boots"] == ("/ladies/women-shoes/women-boots", 2)


async def test_paths_follow_a_deleted_and_restored_slug(shop: Shop) -> None:
    await _tree(shop)
    await shop.set("Category", "women-boots", '"deletedAt" = now()')
    assert (await _paths(shop))["women-boots"] == ("/women/women-shoes/women-boots#women-boots", 2)
    await shop.set("Category", "women-boots", '"deletedAt" = NULL')
    assert (await _paths(shop))["women-boots"] == ("/women/women-shoes/women-boots", 2)


async def test_path_and_level_cannot_be_written(shop: Shop) -> None:
    await _tree(shop)
    await shop.set("Category", "women-shoes", '"path" = \'/else\', "level" = 9')
    assert (await _paths(shop))["women-shoes"] == ("/women/women-shoes", 1)


async def test_a_child_may_be_inserted_before_its_parent_in_one_statement(shop: Shop) -> None:
    await shop.connection.execute(
        'INSERT INTO "Category" ("id", "name", "slug", "parentId", "updatedAt") VALUES '
        "('leaf', 'c', 'leaf', 'branch', now()), ('branch', 'b', 'branch', 'root', now()), "
        "('root', 'a', 'root', NULL, now())"
    )
    assert (await _paths(shop))["leaf"] == ("/root/branch/leaf", 2)


@pytest.mark.parametrize(
    ("slug", "parent"), [("women", "women"), ("women", "women-shoes"), ("women", "women-boots")]
)
async def test_a_category_is_not_its_own_ancestor(shop: Shop, slug: str, parent: str) -> None:
    await _tree(shop)
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await _move(shop.connection, slug, parent)
    assert refused.value.constraint_name == "Category_parentId_no_cycle"
    assert refused.value.column_name == "parentId"


async def test_parent_and_child_can_change_places_in_a_transaction(shop: Shop) -> None:
    await _tree(shop)
    async with shop.connection.transaction():
        await _move(shop.connection, "women", "women-shoes")
        await _move(shop.connection, "women-shoes", None)
    assert await _paths(shop) == {
        "women-shoes": ("/women-shoes", 0),
        "women": ("/women-shoes/women", 1),
        "women-boots": ("/women-shoes/women-boots", 1),
        "men": ("/men", 0),
    }


async def test_two_moves_at_once_do_not_make_a_cycle(shop: Shop, other: asyncpg.Connection[Row]) -> None:
    await _tree(shop)
    first = shop.connection.transaction()
    await first.start()
    await _move(shop.connection, "men", "women")
    second = asyncio.create_task(_move(other, "women", "men"))
    await asyncio.sleep(0.1)
    await first.commit()
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await second
    assert refused.value.constraint_name == "Category_parentId_no_cycle"


async def test_a_child_inserted_while_its_parent_moves_has_the_new_path(
    shop: Shop, other: asyncpg.Connection[Row]
) -> None:
    await _tree(shop)
    moving = shop.connection.transaction()
    await moving.start()
    await _move(shop.connection, "women", "men")
    inserted = asyncio.create_task(
        Shop(other).insert("Category", slug="women-sandals", parentId="women-shoes")
    )
    await asyncio.sleep(0.1)
    await moving.commit()
    assert (await inserted)["path"] == "/men/women/women-shoes/women-sandals"


async def test_a_subtree_is_found_through_the_index(shop: Shop) -> None:
    await shop.connection.execute("SET enable_seqscan = off")
    plan = await shop.connection.fetch('EXPLAIN SELECT * FROM "Category" WHERE "path" LIKE \'/women/%\'')
    assert any("Index Cond" in row[0] and "~<~" not in row[0] for row in plan)
