"""Parts of a page that are written by a command, between `<!-- name -->` and `<!-- end -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path


def fill(page: str, parts: Mapping[str, str]) -> str:
    """Return the page with what stands between the marks written anew; raises ValueError where a mark is missing."""
    for name, content in parts.items():
        marked = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
        page, found = marked.subn(_between(content), page)
        if found != 1:
            raise ValueError(f"The page has {found} marks <!-- {name} --> with an <!-- end -->: write one.")
    return page


def _between(content: str) -> Callable[[re.Match[str]], str]:
    return lambda marks: f"{marks[1]}{content}{marks[2]}"


def rewrite(page: Path, render: Callable[[str], str]) -> int:
    """Write a page as `render` makes it of what it is now; return the exit code."""
    page.write_text(render(page.read_text(encoding="utf-8")), encoding="utf-8")
    return 0
