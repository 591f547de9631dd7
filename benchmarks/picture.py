"""The picture of docs/benchmarks.md: how many times the hand-written work each library takes, on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import floor, log10

from .harness import Measured
from .peers import PEERS
from .peers.registry import BASELINE

COLOURS = {
    "lumi": "#d6336c",
    "lumi_policies": "#f08c00",
    "piccolo": "#2f9e44",
    "tortoise": "#1971c2",
    "sqlalchemy": "#6741d9",
    "prisma_js": "#495057",
}
_TITLE = "Time of a call, in times of asyncpg by hand (less is better)"
_LEFT, _RIGHT, _TOP, _ROW, _WIDTH = 230, 24, 96, 34, 960


def draw(measured: Sequence[Measured], titles: dict[str, str]) -> str:
    """Return the picture as SVG: a row a workload, a dot a library, a line from the lower to the upper quartile."""
    rows = [one for one in measured if len(one.seconds) > 1]
    highest = max(_ratio(one, peer) for one in rows for peer in one.seconds)
    axis = _Axis(0.7, 10 ** (floor(log10(highest) * 10 + 1) / 10))
    height = _TOP + _ROW * len(rows) + 16
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Helvetica, Arial, sans-serif" font-size="13">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-size="16" font-weight="bold" fill="#212529">{_TITLE}</text>',
        *_legend(titles),
        *_grid(axis, height),
    ]
    for place, one in enumerate(rows):
        parts += _row(one, axis, _TOP + _ROW * place + _ROW // 2)
    return "\n".join([*parts, "</svg>\n"])


class _Axis:
    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = low, high

    def place(self, ratio: float) -> float:
        """Return where on the picture a ratio is."""
        part = (log10(max(ratio, self.low)) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return _LEFT + part * (_WIDTH - _LEFT - _RIGHT)

    @property
    def ticks(self) -> list[float]:
        steps = (1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200)
        return [one for one in steps if one <= self.high]


def _ratio(one: Measured, peer: str) -> float:
    ratio = one.ratio(peer)
    return ratio.high if ratio else 0.0


def _legend(titles: dict[str, str]) -> list[str]:
    parts, x = [], 16
    for peer in PEERS:
        if peer == BASELINE:
            continue
        title = titles.get(peer, peer)
        parts.append(f'<circle cx="{x + 6}" cy="50" r="6" fill="{COLOURS[peer]}"/>')
        parts.append(f'<text x="{x + 18}" y="55" fill="#212529">{escape(title)}</text>')
        x += 30 + int(len(title) * 7.7)
    return parts


def _grid(axis: _Axis, height: int) -> list[str]:
    parts = []
    for tick in axis.ticks:
        x = axis.place(tick)
        colour, width = ("#212529", 1.5) if tick == 1 else ("#dee2e6", 1)
        parts.append(
            f'<line x1="{x:.1f}" y1="{_TOP - 8}" x2="{x:.1f}" y2="{height - 12}" stroke="{colour}" '
            f'stroke-width="{width}"/>'
        )
        parts.append(
            f'<text x="{x:.1f}" y="{_TOP - 14}" text-anchor="middle" fill="#495057">×{tick:g}</text>'
        )
    return parts


def _row(one: Measured, axis: _Axis, y: int) -> list[str]:
    parts = [
        f'<text x="{_LEFT - 14}" y="{y + 5}" text-anchor="end" fill="#212529">{escape(one.workload.title)}</text>'
    ]
    for peer in reversed(PEERS):
        ratio = one.ratio(peer)
        if ratio is None or peer == BASELINE:
            continue
        colour = COLOURS[peer]
        parts.append(
            f'<line x1="{axis.place(ratio.low):.1f}" y1="{y}" x2="{axis.place(ratio.high):.1f}" y2="{y}" '
            f'stroke="{colour}" stroke-width="3" stroke-opacity="0.5"/>'
        )
        parts.append(
            f'<circle cx="{axis.place(ratio.median):.1f}" cy="{y}" r="6" fill="{colour}" fill-opacity="0.9" '
            'stroke="#ffffff"/>'
        )
    return parts
