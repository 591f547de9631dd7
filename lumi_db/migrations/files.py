"""The migrations as files: `<UTC time>_<name>/migration.sql`, which does, and `down.sql`, which undoes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from lumi_db.engine.driver.direct import has_statements
from lumi_db.errors import SetupError

CHECKOUT = Path(__file__).parents[2] / "prisma" / "migrations"
PACKAGED = Path(__file__).parent / "scripts"
NAME = re.compile(r"\d{14}_[a-z][a-z0-9_]*")
LONGEST_NAME = 100
RULE = (
    "the UTC time in 14 digits, an underscore, and what it does in lower-case words joined by underscores, "
    "such as 20270131093000_add_gift_cards"
)


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration: its SQL, and the SQL that undoes it (None where down.sql is missing or empty)."""

    name: str
    script: str
    undo: str | None = None

    @property
    def checksum(self) -> str:
        """What Prisma keeps in `_prisma_migrations.checksum`: the SHA-256 of migration.sql, in hexadecimal."""
        return _sha256(self.script)

    def has_checksum(self, checksum: str) -> bool:
        """Tell whether `checksum` is this script's, with whichever ends of lines (so compares Prisma, too)."""
        unix = self.script.replace("\r\n", "\n")
        return checksum in (self.checksum, _sha256(unix), _sha256(unix.replace("\n", "\r\n")))


def find_migrations_folder() -> Path:
    """Return the folder of the checkout, or else that of the installed package."""
    return PACKAGED if PACKAGED.is_dir() and not CHECKOUT.is_dir() else CHECKOUT


def list_migrations(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of the migrations in the order in which they are applied."""
    folder = folder or find_migrations_folder()
    return tuple(sorted(script.parent.name for script in folder.glob("*/migration.sql")))


def read_migrations(folder: Path | None = None) -> tuple[Migration, ...]:
    """Return the migrations in the order in which they are applied.

    Raises SetupError for a file that cannot be read, and for a folder without migration.sql.
    """
    folder = folder or find_migrations_folder()
    try:
        return _read_all(folder)
    except OSError as error:
        path = Path(str(error.filename or folder))
        reason = error.strerror or type(error).__name__
        raise SetupError(f"{path} cannot be read ({reason}): make it readable for this user.") from None


def _read_all(folder: Path) -> tuple[Migration, ...]:
    if not folder.is_dir():
        raise SetupError(
            f"There are no migrations in {folder}: bring the folder back (git checkout), or install lumi-db anew."
        )
    return tuple(_read(one) for one in sorted(folder.iterdir()) if one.is_dir())


def _read(folder: Path) -> Migration:
    script = folder / "migration.sql"
    if not script.is_file():
        raise SetupError(f"{folder} has no migration.sql: write it, or delete the folder.")
    undo = folder / "down.sql"
    text = _text(undo) if undo.is_file() else ""
    return Migration(folder.name, _text(script), text if has_statements(text) else None)


def _text(path: Path) -> str:
    try:
        # `newline=""`: the checksum is that of the file as it is
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from None
    except UnicodeDecodeError:
        raise _unreadable(path, "it is not UTF-8") from None
    # PostgreSQL stops at either, and shows neither
    if text.startswith("\ufeff"):
        raise _unreadable(path, "it begins with a byte order mark")
    if "\0" in text:
        raise _unreadable(path, "it has a NUL byte")
    return text


def _unreadable(path: Path, reason: str) -> SetupError:
    return SetupError(
        f"{path} cannot be read ({reason}): make it a readable text file in UTF-8, without a byte order mark."
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
