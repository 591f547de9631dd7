"""Where commands print: results to stdout, everything about the work itself to stderr."""

from __future__ import annotations

from rich.console import Console

from lumi_db.config import Settings
from lumi_db.observability import configure_logging

out = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

# One statement writes hundreds of rows there; it is worth a word when it takes longer than this.
SLOW_FILLING_MS = 2_000


def settings_for_filling(database_url: str | None = None) -> Settings:
    """Read the settings for a command that fills a database, and let the log speak on stderr."""
    settings = Settings.load(database_url=database_url) if database_url else Settings.load()
    configure_logging(settings)
    return settings.model_copy(update={"slow_query_ms": max(settings.slow_query_ms, SLOW_FILLING_MS)})
