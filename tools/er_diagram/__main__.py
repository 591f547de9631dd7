"""Write the diagrams: `python -m tools.er_diagram`, after a change of schema.prisma."""

from __future__ import annotations

import sys
from pathlib import Path

from . import draw
from .png import to_png

DOCS = Path(__file__).resolve().parents[2] / "docs"


def main() -> int:
    """Write every picture; return the exit code."""
    try:
        pictures = draw()
    except (LookupError, RuntimeError) as error:
        print(f"✗ {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"✗ The pictures cannot be drawn ({error}): run `make setup`, then again.", file=sys.stderr)
        return 1
    for name, svg in pictures.items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / f"{name}.svg").write_text(svg, encoding="utf-8")
        (DOCS / f"{name}.png").write_bytes(to_png(svg))
    return 0


if __name__ == "__main__":
    sys.exit(main())
