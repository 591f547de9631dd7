"""A list of steps that fills while they run: a spinner or bar on a terminal, one line a finished step everywhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, Task, TaskID, TextColumn
from rich.progress_bar import ProgressBar
from rich.text import Text

_TITLE = 22
_RESULT = 28


class _Bar(BarColumn):
    """A bar for steps that know how much there is to do; the others have their spinner."""

    def render(self, task: Task) -> ProgressBar | Text:  # type: ignore[override]  # rich draws any renderable
        return Text() if task.total is None else super().render(task)


class _Count(MofNCompleteColumn):
    def render(self, task: Task) -> Text:
        return Text() if task.total is None else super().render(task)


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
        columns = SpinnerColumn(), TextColumn("{task.description}"), _Bar(), _Count()
        with Progress(*columns, console=self._console, transient=True, disable=not self._is_live) as progress:
            step = Step(progress, progress.add_task(title, total=None))
            try:
                yield step
            except BaseException:
                progress.stop()
                self._console.print(f"[red]✗[/] [bold]{title}[/]")
                raise
        self.line(title, step.result, time.perf_counter() - began)

    def line(self, title: str, result: str, seconds: float, *, is_detail: bool = False) -> None:
        """Print one finished line: a step, or a detail of the step before."""
        mark, style = (" ", "dim") if is_detail else ("✓", "bold")
        line = Text.assemble(
            (f"{mark} ", "green"),
            (f"{title:<{_TITLE}}", style),
            (f"{result:<{_RESULT}}", style if is_detail else ""),
            (f"{seconds:8.2f} s", "dim"),
        )
        self._console.print(line, soft_wrap=True)

    @property
    def _is_live(self) -> bool:
        return self._console.is_terminal
