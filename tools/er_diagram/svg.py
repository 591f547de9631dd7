"""A layout as SVG: text stays text, so that it can be searched and read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from .boxes import PADDING, Measured, Sizes, sizes_of
from .diagram import End, Row
from .font import FAMILY, text_width
from .layout import GROUND_PADDING, GROUND_TITLE, Ground, Layout, Placed, Route
from .styles import STYLES, Style, style_of

MARGIN = 20
TITLE = 44
LEGEND = 40
CORNER = 5.0
INK, FAINT, FRAME, MIXED = "#1f2430", "#5d6675", "#aab2bf", "#fafbfc"
LEGENDS = (
    (End.ONE, "exactly one"),
    (End.NONE_OR_ONE, "none or one"),
    (End.ANY, "any number"),
)
KEYS = "PK primary key · FK foreign key · U unique"
TYPES = " · ? may be null"


def render(layout: Layout) -> str:
    """Return the SVG of a layout."""
    words = KEYS + (TYPES if sizes_of(layout.diagram).has_types else "")
    width = _number(max(layout.width, _legend_width(words)) + 2 * MARGIN)
    height = _number(layout.height + 2 * MARGIN + TITLE + LEGEND)
    title, description = escape(layout.diagram.title), escape(layout.diagram.description)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    look = f'font-family="{FAMILY}" fill="{INK}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description" {look}>',
        f'<title id="title">{title}</title>',
        f'<desc id="description">{description}</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(MARGIN, MARGIN + 18, layout.diagram.title, size=18, weight=600),
        f'<g transform="translate({MARGIN} {MARGIN + TITLE})">',
        *(line for ground in layout.grounds for line in _ground(ground)),
        *_lines(layout.routes),
        *(line for placed in layout.boxes for line in _box(placed, sizes_of(layout.diagram))),
        "</g>",
        *_legend(MARGIN, layout.height + MARGIN + TITLE + LEGEND - 6, words),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _ground(ground: Ground) -> Iterator[str]:
    area, style = ground.area, STYLES[ground.area.name]
    yield _rect(
        ground.x, ground.y, ground.width, ground.height, fill=style.ground, line=style.header, radius=10
    )
    x, y = ground.x + GROUND_PADDING, ground.y + 23
    yield _text(x, y, area.title, size=GROUND_TITLE, weight=600, fill=style.line)


def _box(placed: Placed, sizes: Sizes) -> Iterator[str]:
    box = placed.measured.box
    yield f'<g transform="translate({_number(placed.x)} {_number(placed.y)})">'
    yield from _stub(placed.measured, sizes) if box.is_stub else _table(placed.measured, sizes)
    yield "</g>"


def _stub(measured: Measured, sizes: Sizes) -> Iterator[str]:
    grounds = {style_of(row.name.partition(".")[0]).ground for row in measured.box.rows}
    ground = grounds.pop() if len(grounds) == 1 else MIXED
    yield _rect(0, 0, measured.width, measured.height, fill=ground, line=FRAME, radius=10, dash=True)
    for number, row in enumerate(measured.box.rows):
        model, _, key = row.name.partition(".")
        y = 4 + sizes.row * (number + 0.5) + 4.5
        field = f'<tspan font-weight="400" fill="{FAINT}">.{key}</tspan>' if key else ""
        fill = style_of(model).line
        yield _text(measured.name_at, y, model, size=sizes.text, weight=600, fill=fill, more=field)


def _table(measured: Measured, sizes: Sizes) -> Iterator[str]:
    box, width = measured.box, measured.width
    style = style_of(box.id)
    yield _rect(0, 0, width, measured.height, fill="#ffffff", line=style.line, radius=6)
    yield _header(style, width, sizes)
    yield _text(PADDING, sizes.header / 2 + 4.5, box.id, size=sizes.title, weight=600)
    for number, row in enumerate(box.rows):
        yield from _row(row, measured, sizes, y=sizes.header + sizes.row * (number + 0.5) + 5)


def _header(style: Style, width: int, sizes: Sizes) -> str:
    bottom = sizes.header
    path = f"M0.5 {bottom}V6.5a6 6 0 0 1 6 -6H{width - 6.5}a6 6 0 0 1 6 6V{bottom}Z"
    return f'<path d="{path}" fill="{style.header}" stroke="{style.line}"/>'


def _row(row: Row, measured: Measured, sizes: Sizes, *, y: float) -> Iterator[str]:
    if row.keys:
        yield _text(PADDING, y, row.keys, size=sizes.key, weight=600, fill=style_of(measured.box.id).line)
    yield _text(measured.name_at, y, row.name, size=sizes.text)
    if sizes.has_types:
        yield _text(measured.type_at, y, row.type, size=sizes.text, fill=FAINT)


def _lines(routes: Iterable[Route]) -> Iterator[str]:
    """Draw the links by colour; where they share a way it is drawn once, so that it is no thicker."""
    colours: dict[str, list[Route]] = {}
    for route in routes:
        colours.setdefault(STYLES[route.link.area.name].line, []).append(route)
    for colour, alike in colours.items():
        yield f'<g fill="none" stroke="{colour}" stroke-width="1.3">'
        yield f'<path d="{"".join(_path(route.points) for route in alike)}"/>'
        yield from dict.fromkeys(mark for route in alike for mark in _marks(route))
        yield "</g>"


def _marks(route: Route) -> Iterator[str]:
    (x, y), (ahead, _) = route.points[0], route.points[1]
    yield _mark(route.link.parent_end, x, y, 1 if ahead > x else -1)
    (x, y), (behind, _) = route.points[-1], route.points[-2]
    yield _mark(route.link.child_end, x, y, 1 if behind > x else -1)


def _path(points: tuple[tuple[float, float], ...]) -> str:
    """Draw a line with round corners; where lines cross, neither bends, so that a bend is always a way."""
    parts = [f"M{_number(points[0][0])} {_number(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        parts.append(f"L{_pair(start)}Q{_pair(corner)} {_pair(end)}")
    return "".join(parts) + f"L{_pair(points[-1])}"


def _towards(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    x, y = other[0] - corner[0], other[1] - corner[1]
    length = abs(x) + abs(y)
    part = min(CORNER, length / 2) / length
    return corner[0] + x * part, corner[1] + y * part


def _mark(end: End, x: float, y: float, way: int) -> str:
    """Draw the end of a link at a box's side; `way` is 1 where the line leaves to the right."""
    match end:
        case End.ONE:
            return _bar(x + 5 * way, y) + _bar(x + 9 * way, y)
        case End.NONE_OR_ONE:
            return _bar(x + 5 * way, y) + _ring(x + 11.5 * way, y)
        case End.ANY:
            tip, far = _number(x + 11 * way), _number(x)
            foot = f'<path d="M{far} {_number(y - 5)}L{tip} {_number(y)}L{far} {_number(y + 5)}"/>'
            return foot + _ring(x + 14.5 * way, y)


def _bar(x: float, y: float) -> str:
    return f'<path d="M{_number(x)} {_number(y - 4)}v8"/>'


def _ring(x: float, y: float) -> str:
    return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="3.2" fill="#ffffff"/>'


def _legend(x: float, y: float, keys: str) -> Iterator[str]:
    for end, words in LEGENDS:
        yield f'<g fill="none" stroke="{FAINT}" stroke-width="1.3"><path d="M{_number(x)} {_number(y)}h30"/>'
        yield f'<path d="M{_number(x)} {_number(y - 7)}v14"/>{_mark(end, x, y, 1)}</g>'
        yield _text(x + 38, y + 4, words, size=11.5, fill=FAINT)
        x += 62 + text_width(words, size=11.5)
    yield _text(x, y + 4, keys, size=11.5, fill=FAINT)


def _legend_width(keys: str) -> float:
    return sum(62 + text_width(words, size=11.5) for _, words in LEGENDS) + text_width(keys, size=11.5)


def _rect(
    x: float, y: float, width: float, height: float, *, fill: str, line: str, radius: int, dash: bool = False
) -> str:
    # half a pixel in, so that the frame is sharp
    place = f'x="{_number(x + 0.5)}" y="{_number(y + 0.5)}" width="{_number(width - 1)}" height="{_number(height - 1)}"'
    dashes = ' stroke-dasharray="4 3"' if dash else ""
    return f'<rect {place} rx="{radius}" fill="{fill}" stroke="{line}"{dashes}/>'


def _text(
    x: float, y: float, words: str, *, size: float, weight: int = 400, fill: str = INK, more: str = ""
) -> str:
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    colour = f' fill="{fill}"' if fill != INK else ""
    place = f'x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}"'
    return f"<text {place}{bold}{colour}>{escape(words)}{more}</text>"


def _pair(point: tuple[float, float]) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _number(value: float) -> str:
    return f"{round(value, 1):g}"
