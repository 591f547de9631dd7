"""How the command line says that something went wrong: one sentence, an exit code, no traceback."""

from __future__ import annotations

import sys
import traceback
from enum import IntEnum
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from lumi_db.config import project_root
from lumi_db.errors import LumiError

from .console import errors

NO_RIGHT = "42501"
READ_ONLY = "25006"
LOST = ("P1001", "P1017")
INTERRUPTED = "Interrupted: what was not finished was undone; run the command again to go on."


class ExitCode(IntEnum):
    """What a command's exit code says."""

    DONE = 0
    MEND = 1
    USAGE = 2
    BUG = 3
    INTERRUPTED = 130


class FailureGroup(TyperGroup):
    """The root of all commands, which turns what they raise into a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; typer's own exits and usage errors pass through."""
        try:
            return super().invoke(ctx)
        except (TyperException, typer.Exit):
            raise
        except (KeyboardInterrupt, typer.Abort):
            fail(INTERRUPTED, code=ExitCode.INTERRUPTED)
        except LumiError as error:
            fail(str(error), code=ExitCode.MEND)
        except BrokenPipeError:
            # whoever read our output (`| head`) has seen enough
            sys.stderr.close()
            raise typer.Exit(ExitCode.DONE) from None
        except Exception as error:  # noqa: BLE001  # the last resort: a bug shows no traceback either
            if sentence := describe_refusal(error):
                fail(sentence)
            fail(_report_bug(error), code=ExitCode.BUG)


def fail(sentence: str, *, code: ExitCode = ExitCode.MEND) -> None:
    """Print `sentence` to stderr and leave with `code`."""
    errors.print(f"[bold red]✗[/] {_escape(sentence)}", soft_wrap=True)
    raise typer.Exit(code)


def describe_refusal(error: Exception) -> str | None:
    """Return the sentence for a right that lacks, a database that is read-only and a lost connection; else None."""
    sqlstate = getattr(error, "sqlstate", None) or (getattr(error, "meta", None) or {}).get("sqlstate")
    said = str(error).rstrip(".")
    if sqlstate == NO_RIGHT:
        return f"{said}: grant the right, or let DATABASE_URL name another user."
    if sqlstate == READ_ONLY:
        return f"{said}: let DATABASE_URL name a server and a database that can be written."
    if getattr(error, "code", None) in LOST:
        return f"{said}: look into the server's log, and run the command again."
    return None


def _escape(text: str) -> str:
    return text.replace("[", r"\[")


def _report_bug(error: Exception) -> str:
    """Keep the traceback in a file of the project and return the sentence that names it."""
    log = project_root() / ".lumi" / "error.log"
    try:
        log.parent.mkdir(exist_ok=True)
        _write_private(log, "".join(traceback.format_exception(error)))
    except OSError:
        return f"This is a bug of lumi-db ({type(error).__name__}), and its details could not be written to {log}."
    return f"This is a bug of lumi-db ({type(error).__name__}): please report it with {log}."


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
