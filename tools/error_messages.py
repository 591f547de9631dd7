"""Write the sentences of `docs/messages.md`, all that the code can say to a user: `python -m tools.error_messages`.

They are read from the source: the texts that errors of the tree are made with, `…` where a value stands.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import lumi_db.backups.errors
import lumi_db.embedded.errors
import lumi_db.statistics.errors
import seed.errors
from lumi_db.errors import CallerError, LumiError, OperationError
from tools.markdown import table
from tools.marks import fill, rewrite

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "messages.md"
DEFINED_IN = (
    lumi_db.errors,
    lumi_db.backups.errors,
    lumi_db.embedded.errors,
    lumi_db.statistics.errors,
    seed.errors,
)
# the parts of the page, and the files whose sentences they show; what is said of data and of calls goes by its class
PARTS: Mapping[str, tuple[str, ...]] = {
    "settings": (
        "lumi_db/config.py", "lumi_db/connecting.py", "lumi_db/database.py", "lumi_db/maintenance/",
        "lumi_db/schema_check.py",
    ),
    "client": ("lumi_db/client.py",),
    "migrations": (
        "lumi_db/migrations/", "lumi_db/cli/authoring.py", "lumi_db/cli/migrate.py", "lumi_db/cli/repair.py",
    ),
    "backups": ("lumi_db/backups/", "lumi_db/cli/backup.py"),
    "embedded": ("lumi_db/embedded/",),
    "seeds": ("seed/",),
    "statistics": ("lumi_db/statistics/", "lumi_db/cli/queries.py", "lumi_db/cli/stats.py"),
    "commands": ("lumi_db/cli/",),
    "setup": ("tools/setup.py",),
}  # fmt: skip
SETUP_FAILED = "SetupFailed"
SHORTEST = 20


@dataclass(frozen=True)
class Said:
    """One sentence: the file and the class it comes from."""

    file: str
    kind: str
    text: str


def error_classes() -> dict[str, type[LumiError]]:
    """Return the tree of errors by name, what commands and seeds add to it included."""

    def below(kind: type[LumiError]) -> Iterator[type[LumiError]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    modules = {module.__name__ for module in DEFINED_IN}
    return {kind.__name__: kind for kind in below(LumiError) if kind.__module__ in modules}


def render(page: str) -> str:
    """Return the page with every sentence of every part."""
    parts: dict[str, list[Said]] = {part: [] for part in (*PARTS, "calls", "data")}
    for one in read_all():
        parts[_part_of(one)].append(one)
    return fill(page, {part: _table(said) for part, said in parts.items()})


def read_all() -> list[Said]:
    """Return all sentences, those of a file in their order."""
    files = [*ROOT.glob("lumi_db/**/*.py"), *ROOT.glob("seed/**/*.py"), ROOT / "tools" / "setup.py"]
    found = [one for file in sorted(files) if "generated" not in file.parts for one in _File(file).read()]
    return list(dict.fromkeys(found))


class _File:
    def __init__(self, file: Path) -> None:
        self._name = str(file.relative_to(ROOT))
        self._tree = ast.parse(file.read_text(encoding="utf-8"))
        classes = {*error_classes(), SETUP_FAILED}
        self._kinds = {name: name for name in classes}
        for function in self._functions():
            returned = [] if function.returns is None else ast.walk(function.returns)
            made = {one.id for one in returned if isinstance(one, ast.Name)} & classes
            if made:
                self._kinds[function.name] = min(made)
        self._constants = _assigned(self._tree.body)

    def _functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [
            node for node in ast.walk(self._tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]

    def read(self) -> Iterator[Said]:
        for function in self._functions():
            known = self._constants | _assigned(list(ast.walk(function)))
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                if kind := self._kinds.get(_name_of(call.func)):
                    texts = [text for argument in call.args for text in _texts(argument, known)]
                    yield from (Said(self._name, kind, text) for text in texts if _is_sentence(text))


def _name_of(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _assigned(nodes: list[ast.AST] | list[ast.stmt]) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _texts(node: ast.expr, known: Mapping[str, list[ast.expr]]) -> list[str]:
    """Return what an expression may be, as far as it is written out: `…` for a value."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            return ["".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in values)]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_texts(body, known), *_texts(orelse, known)]
        case ast.Name(id=name):
            return [
                text
                for value in known.get(name, [])
                if not isinstance(value, ast.Name)
                for text in _texts(value, known)
            ]
        case _:
            return []


def _is_sentence(text: str) -> bool:
    """Tell a whole sentence from what is put into one."""
    return len(text) >= SHORTEST and " " in text and text.endswith((".", "…"))


def _part_of(one: Said) -> str:
    kind = error_classes().get(one.kind)
    if kind is not None and issubclass(kind, CallerError):
        return "calls"
    if kind is not None and issubclass(kind, OperationError):
        return "data"
    for part, files in PARTS.items():
        if one.file.startswith(files):
            return part
    raise ValueError(f"{one.file} has a sentence of {one.kind}: put the file into a part of PARTS.")


def _table(said: list[Said]) -> str:
    rows = dict.fromkeys((one.text.replace("\n", " ").strip(), f"`{one.kind}`") for one in said)
    return table(("it says", "class"), rows) + "\n"


def main() -> int:
    """Write the page."""
    return rewrite(PAGE, render)


if __name__ == "__main__":
    sys.exit(main())
