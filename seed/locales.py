"""Put the language that a shop speaks first where its rows hold two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from seed.data.kinds import COLOURS
from seed.data.products import ARTICLES
from seed.schema import as_json
from seed.tables import Part, Row

_ENGLISH = {article.slug: article.english for article in ARTICLES}
_DESCRIPTIONS = {article.slug: article.description for article in ARTICLES}
_COLOURS = {colour.turkish: colour.english for colour in COLOURS.values()}
_LABELS = {"Ev": "Home", "İş": "Work"}


def translate(part: Part, locale: str) -> Part:
    """Return the part as a shop of the locale has it; `tr` is how the rows are made.

    English comes first in descriptions, and is the language of colours and of the labels of addresses; names of
    products, categories and people stay.
    """
    if locale == "tr":
        return part
    tables = (
        replace(table, rows=[_to_english(table.name, row) for row in table.rows]) for table in part.tables
    )
    return replace(part, tables=tuple(tables))


def _to_english(table: str, row: Row) -> Row:
    match table:
        case "product" if not str(row["slug"]).startswith("edge-"):
            slug = _article_of(str(row["slug"]))
            return {
                **row,
                "summary": _ENGLISH[slug],
                "description": f"{_ENGLISH[slug]}\n\n{_DESCRIPTIONS[slug]}",
            }
        case "productvariant":
            return {
                **row,
                "title": _title(str(row["title"])),
                "attributes": as_json(_attributes(_data(row["attributes"]))),
            }
        case "orderitem":
            kept = _data(row["variantSnapshot"])
            english = {"title": _title(kept["title"]), "attributes": _attributes(kept["attributes"])}
            return {**row, "variantSnapshot": as_json({**kept, **english})}
        case "order":
            fields = ("shippingAddressSnapshot", "billingAddressSnapshot")
            return {**row, **{field: as_json(_address(_data(row[field]))) for field in fields}}
        case "address":
            return _address(row)
        case _:
            return row


def _article_of(slug: str) -> str:
    """Return the slug of the article that a product is, or that it was made of."""
    return slug if slug in _ENGLISH else slug.rpartition("-")[0]


def _data(value: Any) -> dict[str, Any]:
    """Return what a Json value holds."""
    return dict(value.data)


def _title(turkish: str) -> str:
    colour, _, size = turkish.partition(" / ")
    return f"{_COLOURS[colour]} / {size}" if size else _COLOURS[colour]


def _attributes(turkish: Row) -> dict[str, Any]:
    return {**turkish, "color": _COLOURS[str(turkish["color"])]}


def _address(turkish: Row) -> dict[str, Any]:
    return {**turkish, "label": _LABELS[str(turkish["label"])]}
