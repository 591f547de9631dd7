"""A page of the documentation as a program: the commands of its `console` blocks, run in order.

```console
$ lumi-db db status          a command; one that ends with \\ goes on in the next line
The server of …              what it says: each such line must be among its output, … stands for anything
```

A block opened as "```console fails=1" holds commands that are meant to end with that code. Variables that a command
sets, and the folder it goes to, hold for those after it, as in one terminal.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^```console(?: fails=(\d+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^##+ (.*)$", re.MULTILINE)
_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a page: where it stands, the code it must end with, and the lines it must say."""

    section: str
    line: int
    text: str
    code: int
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that was run, with both streams of its output."""

    command: Command
    output: str


def read_commands(page: Path) -> tuple[Command, ...]:
    """Return the commands of all `console` blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return tuple(command for fence in _FENCE.finditer(text) for command in _commands_of(fence, text))


def list_sections(page: Path) -> tuple[str, ...]:
    """Return the headings (of the second level or below) that commands stand under, in order."""
    return tuple(dict.fromkeys(command.section for command in read_commands(page)))


def run_page(
    page: Path,
    *,
    environment: Mapping[str, str],
    cwd: Path,
    sections: Collection[str] | None = None,
    user: int | None = None,
) -> list[Ran]:
    """Run the commands of `page`, or of these `sections` of it, in bash with exactly this environment, as `user`.

    Raises AssertionError with the command, its line and its output for the first that ends or speaks otherwise
    than the page says.
    """
    if sections is not None and (unknown := set(sections) - set(list_sections(page))):
        raise AssertionError(f"{page.name} has no section {', '.join(sorted(unknown))} with commands")
    state = cwd / ".page-state"
    state.write_text(f"cd {shlex.quote(str(cwd))}\n")
    if user is not None:
        os.chown(state, user, -1)
    try:
        wanted = [one for one in read_commands(page) if sections is None or one.section in sections]
        return [_run(page, command, state=state, environment=environment, user=user) for command in wanted]
    finally:
        state.unlink()


def _run(
    page: Path, command: Command, *, state: Path, environment: Mapping[str, str], user: int | None
) -> Ran:
    kept = shlex.quote(str(state))
    keep = f"{{ export -p; printf 'cd %q\\n' \"$PWD\"; }} >{kept}"
    script = f". {kept}\nset -a -o pipefail\n{command.text}\nset -- $?; {keep}; exit $1"
    # a file, since a server that a command leaves behind would keep a pipe open
    with tempfile.TemporaryFile() as output:
        code = subprocess.run(
            ["bash", "-c", script], env=dict(environment), timeout=_LIMIT, check=False,
            user=user, cwd="/",
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        ).returncode  # fmt: skip
        output.seek(0)
        said = output.read().decode(errors="replace")
    shown = f"{page.name}:{command.line}: $ {command.text}\n{said}"
    assert code == command.code, f"ended with {code}, not {command.code}: {shown}"
    for line in command.says:
        pattern = ".*".join(re.escape(part) for part in line.split("…"))
        assert re.search(pattern, said), f"did not say {line!r}: {shown}"
    return Ran(command, said)


def _commands_of(fence: re.Match[str], text: str) -> list[Command]:
    before = text[: fence.start(2)]
    headings = _HEADING.findall(before)
    section, first = headings[-1] if headings else "", before.count("\n") + 1
    commands: list[Command] = []
    for offset, line in enumerate(fence[2].splitlines()):
        if line.startswith("$ "):
            commands.append(Command(section, first + offset, line[2:], int(fence[1] or 0), ()))
            continue
        assert commands, f"line {first + offset} stands before the first command of its block"
        commands[-1] = _add(commands[-1], line)
    return commands


def _add(command: Command, line: str) -> Command:
    """Return `command` with the next line of its block: more of itself, or what it says."""
    text, says = command.text, command.says
    if text.endswith("\\"):
        text = f"{text}\n{line}"
    elif line.strip():
        says = (*says, line.strip())
    return Command(command.section, command.line, text, command.code, says)
