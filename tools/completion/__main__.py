"""Write `docs/PHASE-2-COMPLETION-REPORT.md`: `python -m tools.completion`."""

from __future__ import annotations

import sys

from tools.marks import rewrite

from .page import PAGE, render


def main() -> int:
    """Write what stands between the marks of the page; the rest of it is written by hand."""
    return rewrite(PAGE, render)


if __name__ == "__main__":
    sys.exit(main())
