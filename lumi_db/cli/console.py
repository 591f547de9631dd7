"""Where commands print: results to stdout, everything about the work itself to stderr."""

from __future__ import annotations

from typing import Any

from loguru import logger
from rich.console import Console

from lumi_db.config import Settings
from lumi_db.observability import configure_logging

out = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def settings_with_log(**overrides: Any) -> Settings:
    """Read the settings and let the log speak on stderr, but for failed and slow operations.

    A command says itself what failed, in one sentence, and one of its statements writes hundreds of rows.
    """
    settings = Settings.load(**overrides)
    configure_logging(settings)
    logger.disable("lumi_db.observability")
    return settings
