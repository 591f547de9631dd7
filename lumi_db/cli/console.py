"""Where commands print: results to stdout, everything about the work itself to stderr."""

from __future__ import annotations

import json
import os
from typing import Annotated, Any

import typer
from loguru import logger
from rich.console import Console

from lumi_db.config import Settings
from lumi_db.observability import configure_logging


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Go on in silence: who reads no more (`| head`) is no reason to stop between two migrations."""
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        os.close(nowhere)


out = _Console(highlight=False)
errors = _Console(stderr=True, highlight=False)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def print_json(value: object) -> None:
    """Print `value` as JSON on stdout: what a command with --json prints, and all that it prints there."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def settings_with_log(**overrides: Any) -> Settings:
    """Read the settings and let the log speak on stderr, but for failed and slow operations.

    A command says itself what failed, in one sentence, and one of its statements writes hundreds of rows.
    """
    settings = Settings.load(**overrides)
    configure_logging(settings)
    logger.disable("lumi_db.observability")
    return settings
