"""Read migrations for what would stop a shop that is open: squawk's rules (https://squawkhq.com), and ours."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lumi_db.engine.driver.direct import has_statements
from lumi_db.errors import SetupError

from .files import LONGEST_NAME, NAME, RULE, Migration

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_OWN_TRANSACTION = re.compile(
    r"(?:^|;)\s*(BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK)\s*(?:;|$)", re.IGNORECASE
)
_BODY = re.compile(r"\$(\w*)\$.*?\$\1\$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a line of a migration; `line` counts from 1, 0 where it is about the whole."""

    migration: str
    line: int
    rule: str
    message: str


def lint(migrations: Sequence[Migration], *, folder: Path, config: Path) -> tuple[Finding, ...]:
    """Return what squawk and our rules find in these migrations; what `config` excludes squawk passes over.

    Raises SetupError where squawk is not installed.
    """
    found = [finding for one in migrations for finding in check_form(one)]
    files = [folder / one.name / "migration.sql" for one in migrations]
    found += _run_squawk(files, config) if files else []
    return tuple(sorted(found, key=lambda one: (one.migration, one.line)))


def check_form(migration: Migration) -> Iterator[Finding]:
    """Check name, files and transactions of one migration: our own rules."""
    if not NAME.fullmatch(migration.name) or len(migration.name) > LONGEST_NAME:
        yield Finding(migration.name, 0, "name", f"A migration is named by {RULE}.")
    if not has_statements(migration.script):
        yield Finding(
            migration.name, 0, "empty", "migration.sql does nothing: write it, or delete the folder."
        )
    if migration.undo is None:
        yield Finding(
            migration.name, 0, "no-down", "down.sql is missing: write the SQL that undoes migration.sql."
        )
    for name, script in (("migration.sql", migration.script), ("down.sql", migration.undo or "")):
        if has_own_transaction(script):
            yield Finding(
                migration.name,
                0,
                "own-transaction",
                f"{name} ends the transaction it runs in: take that out.",
            )
    plain = _BODY.sub("", _COMMENT.sub("", migration.script))
    if re.search(r"\bCONCURRENTLY\b", plain, re.IGNORECASE) and len(re.findall(r";\s*\S", plain)) > 0:
        yield Finding(
            migration.name, 0, "concurrently-alone",
            "CONCURRENTLY runs in no transaction: give that statement a migration of its own.",
        )  # fmt: skip


def has_own_transaction(script: str) -> bool:
    """Tell whether a script begins or ends a transaction, outside of the bodies of functions."""
    return bool(_OWN_TRANSACTION.search(_BODY.sub("", _COMMENT.sub("", script))))


def _run_squawk(files: Sequence[Path], config: Path) -> list[Finding]:
    squawk = Path(sys.prefix) / "bin" / "squawk"
    if not squawk.exists():
        raise SetupError("squawk is not installed: run `make setup`, or pip install squawk-cli.")
    done = subprocess.run(
        [squawk, "--config", config, "--reporter", "json", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        rows = json.loads(done.stdout or "[]")
    except ValueError:
        raise SetupError(f"squawk failed: {done.stderr.strip()[:300]}.") from None
    return [_finding(row) for row in rows]


def _finding(row: dict[str, object]) -> Finding:
    told = f"{str(row['message']).rstrip('.')}. {row.get('help') or ''}".strip()
    return Finding(Path(str(row["file"])).parent.name, int(str(row["line"])), str(row["rule_name"]), told)
