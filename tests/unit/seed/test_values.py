"""What the seed calculates with no database."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from seed.data.categories import DEPARTMENTS, CategoryData
from seed.data.collections import COLLECTIONS
from seed.data.kinds import KINDS
from seed.data.products import ARTICLES
from seed.data.reviews import TEXTS
from seed.errors import UnknownProfile
from seed.ids import make_id
from seed.moments import at
from seed.money import contained_tax, round_cents, shipping_for, take_off
from seed.pictures import draw
from seed.profiles import get_profile
from seed.stories import Story
from seed.variants import variants_of


def test_an_id_has_the_shape_of_a_cuid_and_stays() -> None:
    assert make_id("User", "a@example.com") == make_id("User", "a@example.com")
    assert len(make_id("User", 1)) == 25
    assert make_id("User", 1).startswith("c")
    assert make_id("User", 1).isalnum()


def test_ids_of_other_models_and_keys_differ() -> None:
    ids = {
        make_id("A", "b"),
        make_id("A", "c"),
        make_id("B", "b"),
        make_id("A", "b", "c"),
        make_id("A", "bc"),
    }
    assert len(ids) == 5


@pytest.mark.parametrize(
    ("total", "tax"), [("120.00", "20.00"), ("0.03", "0.01"), ("1299.90", "216.65"), ("0", "0")]
)
def test_tax_is_contained_and_rounded_half_up(total: str, tax: str) -> None:
    assert contained_tax(Decimal(total)) == Decimal(tax)


def test_cents_are_rounded_half_up() -> None:
    assert [round_cents(Decimal(amount)) for amount in ("0.005", "0.015", "2.344")] == [
        Decimal("0.01"),
        Decimal("0.02"),
        Decimal("2.34"),
    ]


def test_shipping_is_free_from_two_thousand() -> None:
    assert (shipping_for(Decimal("1999.99")), shipping_for(Decimal(2000))) == (
        Decimal("79.90"),
        Decimal("0.00"),
    )


@pytest.mark.parametrize(
    ("type_", "value", "most", "taken"),
    [
        ("PERCENTAGE", "10", None, "33.34"),
        ("PERCENTAGE", "10", "20.00", "20.00"),
        ("FIXED_AMOUNT", "50", None, "50"),
        ("FIXED_AMOUNT", "500", None, "333.35"),
        ("FREE_SHIPPING", "0", None, "0.00"),
    ],
)
def test_a_coupon_takes_off_what_its_type_says(type_: str, value: str, most: str | None, taken: str) -> None:
    limit = Decimal(most) if most else None
    assert take_off(Decimal("333.35"), type_, Decimal(value), limit) == Decimal(taken)


def test_a_day_in_turkey_is_three_hours_ahead() -> None:
    assert at("2026-09-01", 10, 30) == datetime(2026, 9, 1, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("zoom", [False, True])
def test_every_picture_is_an_svg(kind: str, zoom: bool) -> None:
    picture = draw(kind, "#aabbcc", zoom=zoom)
    scheme, _, text = picture.url.partition(",")
    assert scheme == "data:image/svg+xml"
    assert "#" not in text
    assert len(unquote(text).encode()) == picture.size
    assert ET.fromstring(unquote(text)).tag.endswith("svg")  # noqa: S314 -- our own drawing


def _tree(siblings: tuple[CategoryData, ...]) -> list[CategoryData]:
    return [found for category in siblings for found in (category, *_tree(category.children))]


def test_slugs_and_skus_are_unique() -> None:
    variants = [variant for article in ARTICLES for variant in variants_of(article)]
    for names in (
        [article.slug for article in ARTICLES],
        [category.slug for category in _tree(DEPARTMENTS)],
        [variant.sku for variant in variants],
    ):
        assert len(set(names)) == len(names)


def test_every_article_hangs_in_a_category_and_has_one_primary_variant() -> None:
    slugs = {category.slug for category in _tree(DEPARTMENTS)}
    for article in ARTICLES:
        assert {article.category, *article.also_in} <= slugs
        assert [variant.is_primary for variant in variants_of(article)].count(True) == 1


def test_every_leaf_category_has_articles() -> None:
    filled = {slug for article in ARTICLES for slug in (article.category, *article.also_in)}
    assert {category.slug for category in _tree(DEPARTMENTS) if not category.children} <= filled


def test_collections_and_reviews_speak_of_what_there_is() -> None:
    articles = {article.slug for article in ARTICLES}
    known = articles | {article.category for article in ARTICLES} | set(KINDS)
    assert {slug for collection in COLLECTIONS for slug in collection.articles} <= articles
    assert {text.about for text in TEXTS} <= known


def test_only_ordinary_sales_are_drawn_by_chance() -> None:
    stories, _ = Story.weights()
    assert Story.REVIEW not in stories


def test_an_unknown_profile_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownProfile, match="demo, dev, prod, qa"):
        get_profile("demon")
