"""Where everything stands: boxes in columns from what is pointed at to what points, links at right angles (by ELK)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.areas import AREAS, Area

from .boxes import Measured, Sizes, measure, row_middle, sizes_of
from .diagram import Box, Diagram, End, Link
from .font import text_width

PROGRAM = Path(__file__).with_name("layout.mjs")
ROOT = Path(__file__).resolve().parents[2]
# half the distance of two lines that leave one row
APART = 5.0
GROUND_TITLE = 13
GROUND_PADDING = 18
# https://eclipse.dev/elk/reference/options.html
OPTIONS = {
    "elk.algorithm": "layered",
    "elk.direction": "RIGHT",
    "elk.edgeRouting": "ORTHOGONAL",
    "elk.json.shapeCoords": "ROOT",
    "elk.json.edgeCoords": "ROOT",
    "elk.randomSeed": "1",
    "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
    "elk.spacing.nodeNode": "26",
    "elk.spacing.edgeNode": "16",
    "elk.spacing.edgeEdge": "10",
    "elk.layered.spacing.nodeNodeBetweenLayers": "72",
    "elk.layered.spacing.edgeNodeBetweenLayers": "28",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
    "elk.spacing.componentComponent": "40",
    "elk.spacing.nodeSelfLoop": "28",
    "elk.aspectRatio": "2.0",
    "elk.padding": "[top=0,left=0,bottom=0,right=0]",
}
_ERROR = re.compile(r"^\w*(?:Error|Exception)\b.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with the place of its upper left corner."""

    measured: Measured
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Route:
    """A link with the corners of its line, from the row that is pointed at to the foreign key."""

    link: Link
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies below the boxes of an area."""

    area: Area
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A diagram in which everything has its place."""

    diagram: Diagram
    width: float
    height: float
    boxes: tuple[Placed, ...]
    routes: tuple[Route, ...]
    grounds: tuple[Ground, ...]


def lay_out(diagrams: Sequence[Diagram]) -> tuple[Layout, ...]:
    """Give everything its place, in one run of Node. Raises RuntimeError with the remedy where it fails."""
    node = Path(sys.executable).parent / "node"
    graphs = json.dumps([_graph(diagram) for diagram in diagrams])
    done = subprocess.run(
        [node, PROGRAM], input=graphs, capture_output=True, text=True, cwd=ROOT, check=False
    )
    if done.returncode != 0:
        said = _ERROR.search(done.stderr)
        raise RuntimeError(
            f"The layout failed ({said[0] if said else done.returncode}): run `make setup`, then again."
        )
    return tuple(
        _read(diagram, graph) for diagram, graph in zip(diagrams, json.loads(done.stdout), strict=True)
    )


def _graph(diagram: Diagram) -> dict[str, Any]:
    sizes = sizes_of(diagram)
    nodes = {box.id: _node(box, diagram, sizes) for box in diagram.boxes}
    edges = [_edge(number, link) for number, link in enumerate(diagram.links)]
    if not diagram.is_overview:
        return {"id": "root", "layoutOptions": OPTIONS, "children": list(nodes.values()), "edges": edges}
    groups = [_group(area, nodes) for area in AREAS]
    options = {**OPTIONS, "elk.hierarchyHandling": "INCLUDE_CHILDREN"}
    return {"id": "root", "layoutOptions": options, "children": groups, "edges": edges}


def _edge(number: int, link: Link) -> dict[str, Any]:
    left, right = (_in(link), _out(link)) if link.is_flipped else (_out(link), _in(link))
    return {"id": str(number), "sources": [left], "targets": [right]}


def _group(area: Area, nodes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    title = text_width(area.title, size=GROUND_TITLE, weight=600) + 2 * GROUND_PADDING
    options = {
        **OPTIONS,
        "elk.padding": f"[top=36,left={GROUND_PADDING},bottom={GROUND_PADDING},right={GROUND_PADDING}]",
        "elk.nodeSize.constraints": "[MINIMUM_SIZE]",
        "elk.nodeSize.minimum": f"({title:.0f},0)",
    }
    return {"id": area.name, "layoutOptions": options, "children": [nodes[model] for model in area.models]}


def _node(box: Box, diagram: Diagram, sizes: Sizes) -> dict[str, Any]:
    measured = measure(box, sizes)
    ports: dict[str, dict[str, Any]] = {}
    for link in diagram.links:
        if link.parent == box.id:
            y = row_middle(box, link.parent_row, sizes) + _shift(link, diagram)
            ports[_out(link)] = _port(_out(link), measured, y=y, is_left=link.is_flipped)
        if link.child == box.id:
            y = row_middle(box, link.child_row, sizes)
            is_loop = link.parent == link.child
            ports[_in(link)] = _port(_in(link), measured, y=y, is_left=not link.is_flipped and not is_loop)
    return {
        "id": box.id,
        "width": measured.width,
        "height": measured.height,
        "ports": list(ports.values()),
        "layoutOptions": {"elk.portConstraints": "FIXED_POS"},
    }


def _port(name: str, measured: Measured, *, y: float, is_left: bool) -> dict[str, Any]:
    x, side = (0, "WEST") if is_left else (measured.width, "EAST")
    return {"id": name, "x": x, "y": y, "width": 0, "height": 0, "layoutOptions": {"elk.port.side": side}}


def _shift(link: Link, diagram: Diagram) -> float:
    """Return how far a line leaves from the middle of its row, where lines with both kinds of ends leave it."""
    beside = (one for one in diagram.links if (one.parent, one.is_flipped) == (link.parent, link.is_flipped))
    if len({one.parent_end for one in beside}) == 1:
        return 0
    return -APART if link.parent_end is End.ONE else APART


def _out(link: Link) -> str:
    return f"{link.parent}|{link.parent_end.value}|{'left' if link.is_flipped else 'right'}"


def _in(link: Link) -> str:
    return f"{link.child}|{link.child_row}|in"


def _read(diagram: Diagram, graph: dict[str, Any]) -> Layout:
    sizes = sizes_of(diagram)
    groups = graph["children"] if diagram.is_overview else []
    nodes = [node for group in groups for node in group["children"]] or graph["children"]
    places = {node["id"]: node for node in nodes}
    boxes = tuple(
        Placed(measure(box, sizes), places[box.id]["x"], places[box.id]["y"]) for box in diagram.boxes
    )
    edges = {edge["id"]: edge for edge in graph["edges"]}
    routes = tuple(
        Route(link, _points(edges[str(number)]["sections"][0], link))
        for number, link in enumerate(diagram.links)
    )
    grounds = tuple(
        Ground(area, group["x"], group["y"], group["width"], group["height"])
        for area, group in zip(AREAS, groups, strict=bool(groups))
    )
    return Layout(diagram, graph["width"], graph["height"], boxes, routes, grounds)


def _points(section: dict[str, Any], link: Link) -> tuple[tuple[float, float], ...]:
    corners = [section["startPoint"], *section.get("bendPoints", ()), section["endPoint"]]
    points = tuple((corner["x"], corner["y"]) for corner in corners)
    return points[::-1] if link.is_flipped else points
