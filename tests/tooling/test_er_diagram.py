"""The pictures of the schema: that they are of this schema, whole, and that one can read them."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lumi_db.client import load_datamodel
from lumi_db.config import project_root
from tools.areas import AREAS, check_areas
from tools.er_diagram import draw
from tools.er_diagram.diagram import Diagram, End, Link, list_diagrams
from tools.er_diagram.layout import Layout, Placed, Route, lay_out
from tools.er_diagram.png import SCALE, is_picture_of, to_png

DOCS = project_root() / "docs"
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("er-diagram", *(f"er/{area.name}" for area in AREAS))
# a crow's foot with its ring
MARK = 18
LARGEST = 600_000


@pytest.fixture(scope="module")
def layouts() -> tuple[Layout, ...]:
    return lay_out(list_diagrams(load_datamodel()))


def overview() -> Diagram:
    return list_diagrams(load_datamodel())[0]


def link(child: str, row: str) -> Link:
    return next(one for one in overview().links if (one.child, one.child_row) == (child, row))


def test_the_pictures_are_those_of_the_schema() -> None:
    """After a change of the schema: `python -m tools.er_diagram`."""
    drawn = draw()
    assert tuple(drawn) == NAMES
    for name, svg in drawn.items():
        assert (DOCS / f"{name}.svg").read_text(encoding="utf-8") == svg, f"{name}.svg is old"


@pytest.mark.parametrize("name", NAMES)
def test_a_png_was_made_from_its_svg_in_twice_its_size(name: str) -> None:
    svg, png = (DOCS / f"{name}.svg").read_text(encoding="utf-8"), (DOCS / f"{name}.png").read_bytes()
    root = read(DOCS / f"{name}.svg")
    width, height = struct.unpack(">II", png[16:24])
    assert is_picture_of(svg, png)
    assert not is_picture_of(svg + " ", png)
    assert (width, height) == (float(root.attrib["width"]) * SCALE, float(root.attrib["height"]) * SCALE)
    assert len(png) < LARGEST


def test_the_font_of_the_pngs_is_the_one_of_the_package() -> None:
    empty = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">{}</svg>'
    text = '<text y="15" font-family="{}">Order</text>'
    inter, unknown = (empty.format(text.format(family)) for family in ("Inter", "No such font"))
    assert len(to_png(inter)) > len(to_png(empty.format("")))
    assert len(to_png(unknown)) <= len(to_png(empty.format("")))


def test_no_other_picture_is_left_over() -> None:
    pictures = {str(path.relative_to(DOCS)) for path in (DOCS / "er").iterdir()}
    assert pictures == {f"er/{area.name}.{kind}" for area in AREAS for kind in ("svg", "png")}


def test_an_area_shows_all_fields_of_its_models_in_their_order() -> None:
    models = load_datamodel().models
    for area in AREAS:
        texts = list_texts(DOCS / f"er/{area.name}.svg")
        for name in area.models:
            fields = list(models[name].fields)
            shown = [text for text in texts[texts.index(name) :] if text in fields]
            assert shown[: len(fields)] == fields


def test_the_overview_shows_every_model_and_every_foreign_key_of_the_schema_file() -> None:
    schema = (project_root() / "schema.prisma").read_text(encoding="utf-8")
    texts = list_texts(DOCS / "er-diagram.svg")
    assert set(re.findall(r"^model (\w+)", schema, re.MULTILINE)) <= set(texts)
    assert len(overview().links) == len(re.findall(r"@relation\((?:\"\w+\", )?fields:", schema))


def test_the_ends_of_a_line_say_how_many_rows_there_may_be() -> None:
    ends = {
        ("OrderItem", "orderId"): (End.ONE, End.ANY),
        ("Inventory", "productVariantId"): (End.ONE, End.NONE_OR_ONE),
        ("Order", "cartId"): (End.NONE_OR_ONE, End.NONE_OR_ONE),
        ("Category", "parentId"): (End.NONE_OR_ONE, End.ANY),
    }
    for key, (parent, child) in ends.items():
        assert (link(*key).parent_end, link(*key).child_end) == (parent, child)


def test_no_two_boxes_overlap(layouts: tuple[Layout, ...]) -> None:
    for layout in layouts:
        for one, other in combinations(layout.boxes, 2):
            assert not overlap(edges(one), edges(other)), (layout.diagram.name, one, other)


def test_no_line_goes_through_a_box(layouts: tuple[Layout, ...]) -> None:
    for layout in layouts:
        for route in layout.routes:
            for part in parts(route):
                crossed = [one.measured.box.id for one in layout.boxes if overlap(part, edges(one))]
                assert not crossed, (layout.diagram.name, route.link, crossed)


def test_lines_are_level_or_upright_and_leave_room_for_the_marks_at_their_ends(
    layouts: tuple[Layout, ...],
) -> None:
    for layout in layouts:
        for route in layout.routes:
            assert all(a == c or b == d for (a, b), (c, d) in pairwise(route.points)), route
            assert all(abs(a - c) >= MARK for (a, _), (c, _) in ends(route)), route


def test_lines_of_different_colours_never_lie_on_each_other(layouts: tuple[Layout, ...]) -> None:
    for layout in layouts:
        for one, other in combinations(layout.routes, 2):
            if one.link.area is not other.link.area:
                assert not any(lie_on_each_other(a, b) for a in parts(one) for b in parts(other)), (
                    one,
                    other,
                )


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_legible_and_says_what_it_is(name: str) -> None:
    root = read(DOCS / f"{name}.svg")
    title, description, ground = list(root)[:3]
    sizes = [float(text.attrib["font-size"]) for text in root.iter(f"{SVG}text")]
    assert min(sizes) >= 11
    assert title.text
    assert description.text
    assert (ground.tag, ground.attrib["fill"]) == (f"{SVG}rect", "#ffffff")
    assert (ground.attrib["width"], ground.attrib["height"]) == (root.attrib["width"], root.attrib["height"])


def test_a_layout_that_fails_is_one_sentence_with_the_remedy() -> None:
    astray = replace(overview(), links=(replace(link("Cart", "userId"), child="Basket"),))
    with pytest.raises(RuntimeError) as failure:
        lay_out([astray])
    assert re.fullmatch(
        r"The layout failed \(.*Basket.*\): run `make setup`, then again\.", str(failure.value)
    )


def test_a_model_in_no_area_is_refused() -> None:
    with pytest.raises(LookupError, match=r"^GiftCard is in no area: add it to AREAS of .*areas\.py\.$"):
        check_areas([*load_datamodel().models, "GiftCard"])


def test_a_model_that_is_gone_is_refused() -> None:
    left = load_datamodel().models.keys() - {"User"}
    with pytest.raises(
        LookupError, match=r"^User is not in the schema: take it out of AREAS of .*areas\.py\.$"
    ):
        check_areas(left)


Rectangle = tuple[float, float, float, float]


def read(picture: Path) -> ET.Element:
    return ET.parse(picture).getroot()  # noqa: S314 our own file


def list_texts(picture: Path) -> list[str]:
    return [text.text or "" for text in read(picture).iter(f"{SVG}text")]


def edges(placed: Placed) -> Rectangle:
    return placed.x, placed.y, placed.x + placed.measured.width, placed.y + placed.measured.height


def parts(route: Route) -> Iterator[Rectangle]:
    for (a, b), (c, d) in pairwise(route.points):
        yield min(a, c), min(b, d), max(a, c), max(b, d)


def ends(route: Route) -> tuple[tuple[tuple[float, float], tuple[float, float]], ...]:
    return (route.points[0], route.points[1]), (route.points[-1], route.points[-2])


def overlap(one: Rectangle, other: Rectangle) -> bool:
    """Tell whether they have more in common than a side."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def lie_on_each_other(one: Rectangle, other: Rectangle) -> bool:
    upright = one[0] == one[2] == other[0] == other[2] and one[1] < other[3] and other[1] < one[3]
    level = one[1] == one[3] == other[1] == other[3] and one[0] < other[2] and other[0] < one[2]
    return upright or level
