"""`make docs` builds the site: without a warning, with every page, and with nothing that is asked for elsewhere."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lumi_db.config import child_environment

from .test_command_line import ROOT

pytestmark = pytest.mark.long
SITE = ROOT / "site"
NO_NETWORK = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": ""}


class Loads(HTMLParser):
    """Gathers what a page loads by itself; a link that a reader follows is none of it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        wanted = {"script": "src", "img": "src", "iframe": "src", "link": "href", "source": "src"}.get(
            tag, ""
        )
        if values.get(wanted):
            self.found.add(str(values[wanted]))


@pytest.fixture(scope="module")
def said() -> str:
    """Build the site as the README says; return what was said."""
    done = subprocess.run(["make", "docs"], cwd=ROOT, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_nothing_is_warned_of(said: str) -> None:
    assert "WARNING" not in said
    assert "site/index.html" in said


def test_every_page_of_the_folder_is_a_page_of_the_site(said: str) -> None:
    pages = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").glob("**/*.md")}
    as_site = {re.sub(r"(^|/)README\.md$", r"\1index.md", page) for page in pages}
    assert {page for page in as_site if not (SITE / page).with_suffix(".html").exists()} == set()


def test_no_page_loads_anything_from_elsewhere(said: str) -> None:
    assert {load for page in SITE.glob("**/*.html") for load in loads_of(page) if "//" in load} == set()
    styles = [re.findall(r"url\((https?:[^)]*)\)", one.read_text()) for one in SITE.glob("**/*.css")]
    assert [one for found in styles for one in found] == []


def test_what_a_page_loads_is_there(said: str) -> None:
    missing = {
        (str(page.relative_to(SITE)), load)
        for page in SITE.glob("**/*.html")
        if page.name != "404.html"
        for load in loads_of(page)
        if not (page.parent / load.partition("?")[0]).exists()
    }
    assert missing == set()


def test_the_reference_has_the_docstrings(said: str) -> None:
    text = (SITE / "reference" / "workflows.html").read_text(encoding="utf-8")
    assert "Make an order of a cart and return it with items, payment and coupon use" in text


def test_it_is_built_without_a_network(said: str, tmp_path: Path) -> None:
    command = [
        str(ROOT / ".venv" / "bin" / "mkdocs"),
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(tmp_path / "site"),
    ]
    done = subprocess.run(
        command, cwd=ROOT, env=child_environment(NO_NETWORK), capture_output=True, timeout=200
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "site" / "index.html").exists()


def loads_of(page: Path) -> set[str]:
    parser = Loads()
    parser.feed(page.read_text(encoding="utf-8"))
    return {load for load in parser.found if not load.startswith(("data:", "#", "javascript:"))}
