"""Write `docs/PHASE-2-COMPLETION-REPORT.md`: `python -m tools.completion`."""

from __future__ import annotations

import sys

from .page import PAGE, render


def main() -> int:
    """Write what stands between the marks of the page; the rest of it is written by hand."""
    PAGE.write_text(render(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
