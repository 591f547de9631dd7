"""mkdocs' hook: README, changes and the files that pages link to become pages of the site."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # mkdocs runs a hook by its file, from outside any package

from tools.site.code import show  # noqa: E402 - the path above is for it
from tools.site.links import CODE, OUTSIDE, code_page, rewrite, targets  # noqa: E402

WORKER = ROOT / "node_modules" / "iframe-worker" / "shim" / "index.js"
FENCES = re.compile(r"(^```.*?^```)", re.MULTILINE | re.DOTALL)


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that stand outside `docs/`, and one for every file outside it that a page links to."""
    for path, name in OUTSIDE.items():
        files.append(File.generated(config, name, content=(ROOT / path).read_text(encoding="utf-8")))
    files.append(File.generated(config, "assets/iframe-worker.js", abs_src_path=str(WORKER)))
    for path in sorted(_linked(files)):
        files.append(File.generated(config, code_page(path), content=show(path)))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Lead links to where their targets are on the site; what stands in code blocks is left as it is."""
    name = page.file.src_uri
    if name.startswith(CODE):
        return markdown
    parts = FENCES.split(markdown)
    return "".join(part if part.startswith("```") else rewrite(part, _origin(name), name) for part in parts)


def _origin(name: str) -> str:
    """Return where a page comes from, from the root of the repository."""
    return next((path for path, own in OUTSIDE.items() if own == name), f"docs/{name}")


def _linked(files: Files) -> set[str]:
    pages = [file for file in files if file.src_uri.endswith(".md")]
    found = {path for file in pages for path in targets(file.content_string, _origin(file.src_uri))}
    return {path for path in found if _is_outside(path)}


def _is_outside(path: str) -> bool:
    is_here = (ROOT / path).exists() and not path.startswith("..")
    return is_here and path not in OUTSIDE and path != "docs" and not path.startswith("docs/")
