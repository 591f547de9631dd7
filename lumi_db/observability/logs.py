"""Where log messages go. A library stays silent: nothing here runs on import."""

from __future__ import annotations

import sys

from loguru import logger

from lumi_db.config import Settings

FORMAT = "<dim>{time:HH:mm:ss.SSS}</dim> <level>{level: <7}</level> {message}"


def configure_logging(settings: Settings) -> None:
    """Write messages from LOG_LEVEL up to stderr; for programs, which own the process's log.

    An application with loguru handlers of its own calls `logger.enable("lumi_db")` instead.
    """
    logger.remove()
    # loguru's diagnose shows the values of variables in tracebacks, and so passwords.
    logger.add(
        _write,
        level=settings.log_level,
        format=FORMAT,
        colorize=sys.stderr.isatty(),
        diagnose=False,
        backtrace=False,
    )
    logger.enable("lumi_db")
    logger.enable("seed")


def _write(message: str) -> None:
    # Looked up at each message: rich puts its own stderr there while it shows a progress bar.
    sys.stderr.write(message)
