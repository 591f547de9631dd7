"""A list of steps that fills while they run: a spinner or bar on a terminal, one line a finished step everywhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn

_TITLE = 22
_RESULT = 36


class Step:
    """One running step: what it says of its result, and how far it is."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self.result = ""
        self._progress = progress
        self._task = task

    def advance(self, title: str, done: int, total: int) -> None:
        """Move the bar to `done` of `total`, with `title` beside it."""
        self._progress.update(self._task, description=title, completed=done, total=total)


class Steps:
    """Runs steps one after the other on `console`."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Show `title` while the block runs; then its result and its seconds, or that it failed."""
        began = time.perf_counter()
        columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
        with Progress(*columns, console=self._console, transient=True, disable=not self._is_live) as progress:
            step = Step(progress, progress.add_task(title, total=None))
            try:
                yield step
            except BaseException:
                progress.stop()
                self._console.print(f"[red]✗[/] [bold]{title}[/]")
                raise
        self.line(f"[green]✓[/] [bold]{title:<{_TITLE}}[/]", step.result, time.perf_counter() - began)

    def line(self, title: str, result: str, seconds: float) -> None:
        """Print one finished line; `title` may hold markup and is already padded."""
        self._console.print(f"{title} {result:<{_RESULT}} [dim]{seconds:6.2f} s[/]", soft_wrap=True)

    @property
    def _is_live(self) -> bool:
        return self._console.is_terminal
