"""Show what a run does and did: a bar and a table on a terminal, plain lines elsewhere."""

from __future__ import annotations

import json
from types import TracebackType
from typing import Any, Self

from rich import box
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from seed.data.access import ADMIN_EMAIL
from seed.data.customers import CUSTOMERS, DEMO_PASSWORD
from seed.profiles import PROFILES
from seed.runner import SeedResult

_WAITING = "Another seed is writing into this database: waiting for its turn to end."


class _Rate(ProgressColumn):
    """Shows how many are done in a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:,.0f}/s")


class LiveProgress:
    """A progress bar that is there while the block runs, and only on a terminal."""

    def __init__(self, console: Console, *, is_quiet: bool = False) -> None:
        self._console = console
        self._bar = Progress(
            TextColumn("{task.description:<12}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=is_quiet or not console.is_terminal,
        )
        self._task = self._bar.add_task("making rows", total=None)
        self._has_waited = False

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.stop()

    def advance(self, part: str, done: int, total: int) -> None:
        """Move the bar to `done` of about `total`."""
        self._bar.update(self._task, description=part, completed=done, total=max(done, total))

    def say_waiting(self) -> None:
        """Say once that another run is being waited for."""
        if not self._has_waited:
            self._console.print(_WAITING)
            self._has_waited = True


def show(console: Console, result: SeedResult, *, as_json: bool = False) -> None:
    """Print the parts, the sum and, this once, a password that was made up; or all of it as JSON."""
    if as_json:
        console.print_json(json.dumps(as_dict(result)))
        return
    if console.is_terminal:
        console.print(_table(result))
    else:
        for part in result.parts:
            console.print(f"{part.name}: {part.created} created, {part.existing} there, {part.seconds:.2f} s")
    console.print(_summary(result))
    if result.admin_password is not None:
        secret = result.admin_password.get_secret_value()
        console.print(f"{ADMIN_EMAIL} has this password, shown only now: {secret}", markup=False)
    if any(part.name == "users" and part.created for part in result.parts):
        console.print(f"Customers sign in with {DEMO_PASSWORD}, for example {CUSTOMERS[0].email}.")


def _table(result: SeedResult) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_footer=True)
    table.add_column("Part", f"[bold]{result.profile}[/]")
    table.add_column("Created", f"[bold]{result.created:,}[/]", justify="right")
    table.add_column("There already", f"[bold]{result.existing:,}[/]", justify="right")
    table.add_column("Seconds", f"[bold]{result.seconds:.2f}[/]", justify="right")
    for part in result.parts:
        table.add_row(part.name, _number(part.created), _number(part.existing), f"{part.seconds:.2f}")
    return table


def _number(count: int) -> str:
    return f"{count:,}" if count else "[dim]-[/]"


def _summary(result: SeedResult) -> str:
    if result.changed:
        return (
            f"Changed {result.changed:,} rows back and created {result.created:,} in {result.seconds:.2f} s."
        )
    if not result.created:
        return f"Nothing to do: all {result.existing:,} rows were there, and none was changed."
    kept = f", {result.existing:,} were there and stay as they are" if result.existing else ""
    rate = result.created / max(result.seconds, 0.001)
    return f"Created {result.created:,} rows in {result.seconds:.2f} s, {rate:,.0f} a second{kept}."


def list_profiles(console: Console) -> None:
    """Print the profiles with what they are for."""
    for profile in PROFILES.values():
        console.print(f"[bold]{profile.name:<6}[/] {profile.summary}")


def as_dict(result: SeedResult) -> dict[str, Any]:
    """Return the result as plain values for JSON; times are in seconds."""
    secret = result.admin_password
    return {
        "profile": result.profile,
        "created": result.created,
        "existing": result.existing,
        "changed": result.changed,
        "seconds": round(result.seconds, 3),
        "adminPassword": secret.get_secret_value() if secret else None,
        "parts": [
            {
                "name": part.name,
                "created": part.created,
                "existing": part.existing,
                "changed": part.changed,
                "seconds": round(part.seconds, 3),
            }
            for part in result.parts
        ],
    }
