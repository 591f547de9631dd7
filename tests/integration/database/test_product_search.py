"""Full text in Turkish and English, typing errors, and the order of Turkish names."""

from __future__ import annotations

import pytest

from .shop_rows import Shop

PRODUCTS: dict[str, dict[str, object]] = {
    "dress": {"title": "Şık Keten Elbise", "searchKeywords": ["yazlık", "davet"]},
    "boots": {"title": "Kadın Deri Çizme", "summary": "Rainproof boots", "searchKeywords": ["boots"]},
    "shirt": {"title": "IŞILTI İpek Gömlek", "description": "Kolları uzun, yakası dik bir gömlek."},
    "linen": {"title": "Linen dresses for summer"},
}


async def _fill(shop: Shop) -> None:
    for slug, values in PRODUCTS.items():
        await shop.insert("Product", slug=slug, **values)


async def _found(shop: Shop, typed: str) -> list[str]:
    rows = await shop.connection.fetch(
        'SELECT "slug" FROM "Product", search_query($1) AS query WHERE "searchVector" @@ query '
        'ORDER BY ts_rank("searchVector", query) DESC, "slug"',
        typed,
    )
    return [row["slug"] for row in rows]


@pytest.mark.parametrize("typed", ["şık", "ŞIK", "Şık", "sik", "SIK", "SİK", "şik"])
async def test_every_i_is_one_letter_and_accents_do_not_matter(shop: Shop, typed: str) -> None:
    await _fill(shop)
    assert await _found(shop, typed) == ["dress"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("elbiseler", ["dress"]),
        ("elbi", ["dress"]),
        ("çizmeler", ["boots"]),
        ("gömleği", ["shirt"]),
        ("İPEK ışıltı", ["shirt"]),
        ("dress", ["linen"]),
        ("boot", ["boots"]),
        ("yazlik", ["dress"]),
        ("kadın ve deri", ["boots"]),
        ("the boots", ["boots"]),
        ("keten gömlek", []),
        ("uzun", ["shirt"]),
        ("%", []),
        ("", []),
        ("a&b|(c:'\"\\!", ["boots"]),
    ],
)
async def test_products_are_found_by_word_forms_beginnings_and_all_words(
    shop: Shop, typed: str, found: list[str]
) -> None:
    await _fill(shop)
    assert await _found(shop, typed) == found


async def test_a_title_ranks_before_a_description(shop: Shop) -> None:
    await shop.insert("Product", slug="described", title="Gömlek", description="Keten gibi")
    await shop.insert("Product", slug="titled", title="Keten")
    assert await _found(shop, "keten") == ["titled", "described"]


async def test_the_vector_follows_the_product(shop: Shop) -> None:
    product = await shop.insert("Product", slug="coat", title="Palto")
    await shop.set("Product", product["id"], "\"title\" = 'Kaban', \"searchKeywords\" = '{mont}'")
    assert await _found(shop, "palto") == []
    assert await _found(shop, "mont") == ["coat"]


async def test_a_typing_error_is_found_by_word_similarity_through_the_index(shop: Shop) -> None:
    await _fill(shop)
    await shop.connection.execute("SET pg_trgm.word_similarity_threshold = 0.5; SET enable_seqscan = off")
    typed = 'search_fold(\'Elbize\') <% product_search_text("title", "searchKeywords")'
    similar = f'SELECT "slug" FROM "Product" WHERE {typed}'
    assert [row["slug"] for row in await shop.connection.fetch(similar)] == ["dress"]
    plan = await shop.connection.fetch("EXPLAIN " + similar)
    assert any("Product_search_text_idx" in row[0] for row in plan)


async def test_search_works_with_an_empty_search_path_as_in_a_restore(shop: Shop) -> None:
    await shop.connection.execute("SELECT set_config('search_path', '', false)")
    insert = 'INSERT INTO public."Product" ("id", "title", "slug", "price", "updatedAt") '
    await shop.connection.execute(insert + "VALUES ('p', 'Şal', 'sal', 1, now())")
    await shop.connection.execute('REINDEX TABLE public."Product"')


async def test_names_sort_as_turkish_sorts_them(shop: Shop) -> None:
    words = [
        "ayna",
        "cam",
        "çanta",
        "gece",
        "ğ",
        "hırka",
        "ırmak",
        "Işık",
        "ilk",
        "İzmir",
        "ot",
        "öz",
        "su",
        "şal",
        "uzun",
        "üst",
    ]
    rows = await shop.connection.fetch(
        'SELECT word FROM unnest($1::text[]) AS word ORDER BY turkish_sort_key(word) COLLATE "C"',
        sorted(words),
    )
    assert [row["word"] for row in rows] == words
