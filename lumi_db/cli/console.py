"""Where commands print: results to stdout, everything about the work itself to stderr."""

from __future__ import annotations

from rich.console import Console

out = Console(highlight=False)
errors = Console(stderr=True, highlight=False)
