"""Show what is in a database and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from seed.checks.run import Finding
    from seed.status import Status


def show_status(console: Console, status: Status, *, as_json: bool, is_dry: bool, overwrite: bool) -> None:
    """Print a line a part and the sum, or all of it as JSON."""
    if as_json:
        console.print_json(json.dumps(status.as_dict()))
        return
    if console.is_terminal:
        console.print(_table(status))
    else:
        for part in status.parts:
            console.print(
                f"{part.name}: {part.expected} expected, {part.missing} missing, {part.different} different"
            )
    for part in status.parts:
        if part.example:
            console.print(
                f"Different in {part.name}, for example: {part.example}.", markup=False, soft_wrap=True
            )
    if status.foreign:
        console.print(f"There are also {status.foreign} that this profile did not make.", soft_wrap=True)
    console.print(_would(status, overwrite=overwrite) if is_dry else _summary(status), soft_wrap=True)


def _table(status: Status) -> Table:
    table = Table("Part", box=box.SIMPLE_HEAD)
    for title in ("Expected", "There", "Missing", "Different"):
        table.add_column(title, justify="right")
    for part in status.parts:
        counts = (part.expected, part.there, part.missing, part.different)
        table.add_row(part.name, *(f"{count:,}" if count else "[dim]-[/]" for count in counts))
    return table


def _summary(status: Status) -> str:
    if status.is_complete:
        return f"All of {status.profile} is there, as it was made."
    return f"Of {status.profile}, {status.missing:,} rows are missing and {status.different:,} are different."


def _would(status: Status, *, overwrite: bool) -> str:
    if status.foreign and status.missing:
        return "Nothing would be written, since those rows are in the way."
    changed = status.different if overwrite else 0
    return f"Would create {status.missing:,} rows and change {changed:,}; nothing was written."


def show_findings(console: Console, findings: Sequence[Finding], checks: int, *, as_json: bool) -> None:
    """Print a sentence for every broken rule, or all of it as JSON."""
    if as_json:
        broken = [
            {
                "rule": finding.check.name,
                "wrong": finding.check.wrong,
                "count": finding.count,
                "examples": finding.examples,
            }
            for finding in findings
        ]
        console.print_json(json.dumps({"rules": checks, "broken": broken}))
        return
    for finding in findings:
        console.print(f"[red]✗[/] {finding.sentence.replace('[', chr(92) + '[')}", soft_wrap=True)
    verdict = f"{len(findings)} of {checks} rules are broken." if findings else f"All {checks} rules hold."
    console.print(verdict)
