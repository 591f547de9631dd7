"""An SVG as PNG, in twice its size, which remembers what it was made from."""

from __future__ import annotations

import hashlib
import struct
import zlib

import resvg_py

from .font import FILES

SCALE = 2
KEYWORD = b"lumi-svg-sha256"
_HEAD = 8 + 25  # signature and IHDR


def to_png(svg: str) -> bytes:
    """Return the picture; its tEXt chunk holds the SHA-256 of the SVG."""
    picture = resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=SCALE,
        skip_system_fonts=True,
        font_files=[str(path) for path in FILES.values()],
        sans_serif_family="Inter",
    )
    return picture[:_HEAD] + _chunk(b"tEXt", KEYWORD + b"\0" + _digest(svg)) + picture[_HEAD:]


def is_picture_of(svg: str, png: bytes) -> bool:
    """Tell whether a picture was made from exactly this SVG."""
    return KEYWORD + b"\0" + _digest(svg) in png[:1000]


def _digest(svg: str) -> bytes:
    return hashlib.sha256(svg.encode()).hexdigest().encode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
