"""Links of the pages that lead out of `docs/`: on the site they lead to a page that shows the file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

LINK = re.compile(r"(?P<open>\]\()(?P<path>[^)\s#:]+)(?:#(?P<anchor>[^)\s]+))?(?P<close>\))")
LINE = re.compile(r"L(\d+)")
HIDDEN = re.compile(r"(^|/)\.")
# the pages that stand outside docs/, by the name they have on the site
OUTSIDE = {"README.md": "index.md", "CHANGELOG.md": "changes.md", "CONTRIBUTING.md": "contributing.md"}
CODE = "code/"
DOCS = Path(__file__).resolve().parents[2] / "docs"


def targets(text: str, page: str) -> Iterator[str]:
    """Name what a page links to, from the root of the repository; `page` is its own name from there."""
    for found in LINK.finditer(text):
        yield _from_root(found["path"], page)


def rewrite(text: str, page: str, site_page: str) -> str:
    """Return a page's text with its links as they are on the site, where it is called `site_page`."""

    def on_site(found: re.Match[str]) -> str:
        path, anchor = _on_site(_from_root(found["path"], page), found["anchor"])
        relative = posixpath.relpath(path, posixpath.dirname(site_page) or ".")
        return f"{found['open']}{relative}{f'#{anchor}' if anchor else ''}{found['close']}"

    return LINK.sub(on_site, text)


def code_page(path: str) -> str:
    """Return the name of the page that shows a file or a folder; mkdocs leaves out names that begin with a dot."""
    visible = HIDDEN.sub(r"\1_", path.rstrip("/"))
    return f"{CODE}{visible}.md"


def _from_root(link: str, page: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), link))


def _on_site(path: str, anchor: str | None) -> tuple[str, str | None]:
    if path in OUTSIDE:
        return OUTSIDE[path], anchor
    if path == "docs":
        return "index.md", anchor
    if path.startswith("docs/"):
        return _page_of(path.removeprefix("docs/")), anchor
    line = LINE.fullmatch(anchor or "")
    return code_page(path), f"__codelineno-0-{line[1]}" if line else None


def _page_of(name: str) -> str:
    """Return the page of what lies in `docs/`: of a folder its README, or the page of the same name beside it."""
    if not (DOCS / name).is_dir():
        return name
    readme = f"{name}/README.md"
    return readme if (DOCS / readme).exists() else f"{name}.md"
