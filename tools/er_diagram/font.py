"""The font of the pictures, Inter from an npm package, and how wide a text is in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[2] / "node_modules" / "@expo-google-fonts" / "inter"
FILES = {
    400: FOLDER / "400Regular" / "Inter_400Regular.ttf",
    600: FOLDER / "600SemiBold" / "Inter_600SemiBold.ttf",
}
# who has no Inter sees a font of about its width
FAMILY = "Inter, 'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Metrics:
    """Advances of a font's glyphs, in units of which an em has `units`."""

    units: int
    advances: dict[int, int]

    def width(self, text: str) -> float:
        """Return the width of a text in ems, without kerning."""
        return sum(self.advances[ord(letter)] for letter in text) / self.units


def text_width(text: str, *, size: float, weight: int = 400) -> float:
    """Return the width of a text in pixels."""
    return _metrics(weight).width(text) * size


@cache
def _metrics(weight: int) -> Metrics:
    with TTFont(FILES[weight], lazy=True) as font:
        widths = font["hmtx"].metrics
        advances = {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}
        return Metrics(font["head"].unitsPerEm, advances)
