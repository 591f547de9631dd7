"""Draw the schema: `python -m tools.er_diagram` writes docs/er-diagram.svg, docs/er/<area>.svg and a PNG of each."""

from __future__ import annotations

from lumi_db.client import load_datamodel
from tools.areas import check_areas

from .diagram import list_diagrams
from .layout import lay_out
from .svg import render

__all__ = ["draw"]


def draw() -> dict[str, str]:
    """Return the SVG of every diagram by its path below docs, without the ending.

    Raises LookupError where a model is in no area, RuntimeError where the layout fails.
    """
    datamodel = load_datamodel()
    check_areas(datamodel.models)
    return {layout.diagram.name: render(layout) for layout in lay_out(list_diagrams(datamodel))}
