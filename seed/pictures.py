"""Draw the pictures of the shop: small SVG drawings inside their own address, so that they show offline."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

WIDTH = 480
HEIGHT = 600

# Outlines on a sheet of 240 by 300; the second path of a pair is drawn darker: seams, soles, buckles.
_OUTLINES: dict[str, tuple[str, str]] = {
    "dress": (
        "M92 48q28 22 56 0l14 12-10 52 34 128q-66 26-132 0l34-128-10-52z",
        "M88 112q32 10 64 0v7q-32 10-64 0z",
    ),
    "shirt": (
        "M90 60l30 12 30-12 46 26 12 96-26 6-14-56v110H72V132l-14 56-26-6 12-96z",
        "M118 74h4v168h-4zM90 60l30 34 30-34-8-6-22 20-22-20z",
    ),
    "tee": (
        "M92 66q28 20 56 0l52 26-16 52-22-8v108H78V136l-22 8-16-52z",
        "M92 66q28 28 56 0l-5-3q-23 20-46 0z",
    ),
    "knit": (
        "M92 66q28 16 56 0l46 24 20 124-28 6-20-70v92H74v-92l-20 70-28-6 20-124z",
        "M74 232h92v10H74zM92 66q28 26 56 0l-4-8q-24 16-48 0z",
    ),
    "trousers": (
        "M80 44h80l14 208h-40l-14-142-14 142H66z",
        "M80 44h80l1 13H79zM118 60h4v46h-4z",
    ),
    "skirt": ("M86 74h68l34 150q-68 24-136 0z", "M86 74h68l3 14H83z"),
    "coat": (
        "M92 44l28 12 28-12 44 24 14 130-28 5-12-50v112H74V153l-12 50-28-5 14-130z",
        "M92 44l28 60 28-60-9-5-19 30-19-30zM106 128h6v6h-6zm0 32h6v6h-6zm22-32h6v6h-6zm0 32h6v6h-6z",
    ),
    "boot": (
        "M84 60h56v96q8 26 50 32 16 4 14 30H84z",
        "M80 218h126v14H80zM104 78h16v62q-8 10-16 0z",
    ),
    "sneaker": (
        "M40 150q18 8 36-16l20-14 60 44 38 10q20 6 18 34H40z",
        "M36 208h178q2 18-14 18H48q-14 0-12-18zM102 138l8-10 8 6-8 10zm18 14l8-10 8 6-8 10z",
    ),
    "heel": (
        "M44 120q20 44 70 56 40 14 84 18 12 6 8 18-40 6-92-14-38-12-54-34v60H48z",
        "M48 160h8l2 62h-8zM112 198q40 16 94 14l-2 8q-54 0-92-16z",
    ),
    "sandal": (
        "M44 196q40-16 76-8 50 12 88 6 6 14-8 20H50q-10-4-6-18z",
        "M70 190q30-60 60-2l-12 2q-18-34-36 0zM140 196q24-40 48-2l-10 2q-14-20-28 2z",
    ),
    "loafer": (
        "M44 146q30 10 58-6l30 24 48 14q26 8 24 32H44z",
        "M44 210h162v12H44zM102 140l30 24-10 12-36-22z",
    ),
    "bag": (
        "M50 128h140l12 106q-82 14-164 0z",
        "M78 128q0-72 42-72t42 72h-10q0-60-32-60t-32 60zM106 142h28v14h-28z",
    ),
    "scarf": (
        "M76 62q44-24 88 0 10 22-14 40l20 132h-44l-16-104-12 110H60l22-140q-18-18-6-38z",
        "M82 100q34 18 68 0l-2 12q-32 16-64 0z",
    ),
    "jewel": (
        "M120 176q30 38 0 62-30-24 0-62z",
        "M62 62q0 86 58 104 58-18 58-104h-5q0 80-53 98-53-18-53-98z",
    ),
    "belt": (
        "M30 136h150v30H30z",
        "M172 124h42v54h-42zm10 10v34h22v-34zM60 148h5v6h-5zm18 0h5v6h-5zm18 0h5v6h-5z",
    ),
    "wallet": ("M44 96h152v112H44z", "M44 146h152v6H44zM150 166h32v18h-32z"),
}


# Where the shadow lies for what does not stand at the foot of the sheet.
_FLOORS = {"boot": 240, "sneaker": 234, "heel": 228, "sandal": 228, "loafer": 230, "belt": 196, "wallet": 222}
_FLOOR = 262


@dataclass(frozen=True, slots=True)
class Picture:
    """Hold a drawing: its address (a `data:` URL) and the size of the file in bytes."""

    url: str
    size: int


@cache
def draw(kind: str, colour: str, *, backdrop: str = "#efebe4", zoom: bool = False) -> Picture:
    """Draw an article of a kind in a colour (`#rrggbb`); `zoom` comes close to show the detail."""
    outline, detail = _OUTLINES[kind]
    view = "60 60 120 150" if zoom else "0 0 240 300"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" width="{WIDTH}" height="{HEIGHT}">'
        f'<path fill="{backdrop}" d="M0 0h240v300H0z"/>'
        f'<ellipse cx="120" cy="{_FLOORS.get(kind, _FLOOR)}" rx="82" ry="9" opacity=".12"/>'
        f'<path fill="{colour}" stroke="#000" stroke-opacity=".25" d="{outline}"/>'
        f'<path opacity=".28" d="{detail}"/></svg>'
    )
    return Picture("data:image/svg+xml," + quote(svg, safe=" =:/'();,.-"), len(svg))
