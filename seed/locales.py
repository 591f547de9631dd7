"""Put the language that a shop speaks first where its rows hold two."""

from __future__ import annotations

from dataclasses import replace

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
        case "product":
            slug = str(row["slug"])
            return {
                **row,
                "summary": _ENGLISH[slug],
                "description": f"{_ENGLISH[slug]}\n\n{_DESCRIPTIONS[slug]}",
            }
        case "productvariant":
            colour, _, size = str(row["title"]).partition(" / ")
            english = _COLOURS[colour]
            attributes = {**getattr(row["attributes"], "data"), "color": english}  # noqa: B009  # of Json
            return {
                **row,
                "title": f"{english} / {size}" if size else english,
                "attributes": as_json(attributes),
            }
        case "address":
            return {**row, "label": _LABELS[str(row["label"])]}
        case _:
            return row
