"""Make the category tree. The database works out `path` and `level`."""

from __future__ import annotations

from collections.abc import Iterator

from seed.data.categories import DEPARTMENTS, CategoryData
from seed.ids import make_id
from seed.moments import OPENING
from seed.pictures import draw
from seed.schema import inputs
from seed.tables import Part, Table

_COLOURS = {"women": "#c98a8d", "men": "#1f2d4d", "kids": "#e0a32e"}


def category_id(slug: str) -> str:
    """Return the id of a category."""
    return make_id("Category", slug)


def categories_part() -> Part:
    """Make all categories, parents first."""
    return Part("categories", (Table("category", list(_tree(DEPARTMENTS, None))),))


def _tree(
    siblings: tuple[CategoryData, ...], parent: CategoryData | None
) -> Iterator[inputs.CategoryCreateWithoutRelationsInput]:
    for place, category in enumerate(siblings):
        yield _category(category, parent, place)
        yield from _tree(category.children, category)


def _category(
    category: CategoryData, parent: CategoryData | None, place: int
) -> inputs.CategoryCreateWithoutRelationsInput:
    colour = _COLOURS[category.slug.partition("-")[0]]
    return {
        "id": category_id(category.slug),
        "name": category.name,
        "slug": category.slug,
        "description": category.description,
        "parentId": category_id(parent.slug) if parent else None,
        "imageUrl": draw(category.kind, colour).url,
        "iconUrl": draw(category.kind, "#43464b", backdrop="#ffffff").url if parent is None else None,
        "displayOrder": place,
        "createdAt": OPENING,
        "updatedAt": OPENING,
    }
