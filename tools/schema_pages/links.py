"""Links between the pages of the areas."""

from __future__ import annotations

from tools.areas import Area, area_of


def link(model: str, *, seen_from: Area | None) -> str:
    """Return a link to a model, from the page of an area or (None) from docs/schema.md."""
    area = area_of(model)
    page = f"schema/{area.name}.md" if seen_from is None else "" if area == seen_from else f"{area.name}.md"
    return f"[{model}]({page}#{model.lower()})"
