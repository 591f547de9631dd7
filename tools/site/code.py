"""Pages of the site that show a file of the repository, or what lies in a folder."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {
    ".py": "python", ".md": "markdown", ".sql": "sql", ".yml": "yaml", ".json": "json", ".prisma": "text",
    ".toml": "toml", ".ts": "typescript", ".mjs": "javascript", ".js": "javascript", ".sh": "sh", ".svg": "xml",
}  # fmt: skip
HEAD = "---\nsearch:\n  exclude: true\nhide:\n  - toc\n---\n\n# {path}\n\n"
LONGEST = 400_000


def show(path: str) -> str:
    """Return the Markdown of the page for a file or a folder; raises ValueError for what is no text."""
    place = ROOT / path
    return HEAD.format(path=path) + (_folder(place) if place.is_dir() else _file(place))


def _file(place: Path) -> str:
    text = place.read_text(encoding="utf-8")
    if len(text) > LONGEST:
        return f"{len(text):,} characters: look at it in the repository.\n"
    fence = "`" * 5
    return f'{fence}{LANGUAGES.get(place.suffix, "text")} linenums="1"\n{text.rstrip()}\n{fence}\n'


def _folder(place: Path) -> str:
    names = sorted(
        one for one in place.iterdir() if not one.name.startswith((".", "__pycache__", "generated"))
    )
    lines = [f"| `{one.name}{'/' if one.is_dir() else ''}` | {_about(one)} |\n" for one in names]
    return "| | |\n|---|---|\n" + "".join(lines)


def _about(place: Path) -> str:
    """Return the first line of a module's or a package's docstring."""
    module = place / "__init__.py" if place.is_dir() else place
    if module.suffix != ".py" or not module.exists():
        return ""
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return said.partition("\n")[0].replace("|", "\\|")
