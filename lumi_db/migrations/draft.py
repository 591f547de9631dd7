"""The name and the files of a new migration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from lumi_db.errors import MigrationRefused

from .files import LONGEST_NAME, RULE

WORDS = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_TIME = "%Y%m%d%H%M%S"
UP_HEAD = "-- {words}: what it does, and why.\n\n"
DOWN_HEAD = (
    "-- Undoes migration.sql. A draft: it knows the schema alone, so undo here what else migration.sql does,\n"
    "-- and say what rows are lost.\n\n"
)


def name_migration(words: str, *, now: datetime, existing: Sequence[str]) -> str:
    """Return `<UTC time>_<words>`, later than every existing one. Raises MigrationRefused for other words."""
    words = words.strip()
    if not WORDS.fullmatch(words) or len(words) > LONGEST_NAME - 15:
        raise MigrationRefused(
            "Name a migration by what it does, in lower-case words joined by underscores and at most "
            f"{LONGEST_NAME - 15} characters: add_gift_cards."
        )
    if any(name[15:] == words for name in existing):
        raise MigrationRefused(f"There is a migration {words} already: give this one another name.")
    stamp = f"{now:{_TIME}}"
    last = max(existing, default="")
    return f"{stamp if stamp > last[:14] else _second_after(last)}_{words}"


def _second_after(name: str) -> str:
    try:
        last = datetime.strptime(name[:14], _TIME)  # noqa: DTZ007  # UTC as all are
    except ValueError:
        raise MigrationRefused(
            f"Migration {name} comes after every time, so none can be made after it: rename it to {RULE}."
        ) from None
    return f"{last + timedelta(seconds=1):{_TIME}}"


def write_migration(folder: Path, *, script: str, undo: str) -> None:
    """Write both files of a new migration. Raises MigrationRefused where the folder is there or cannot be written."""
    try:
        folder.mkdir(parents=False)
        (folder / "migration.sql").write_text(script, encoding="utf-8")
        (folder / "down.sql").write_text(undo, encoding="utf-8")
    except OSError as error:
        raise MigrationRefused(
            f"{folder} cannot be written ({error.strerror}): make its parent a folder you may write."
        ) from None
