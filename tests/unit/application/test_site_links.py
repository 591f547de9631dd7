"""Links of the pages lead to the same things on the site as in the repository."""

from __future__ import annotations

import pytest

from tools.site.code import show
from tools.site.links import code_page, rewrite, targets


@pytest.mark.parametrize(
    ("page", "on_site", "link", "expected"),
    [
        ("docs/engine.md", "engine.md", "(schema.md#roles)", "(schema.md#roles)"),
        ("docs/engine.md", "engine.md", "(../lumi_db/shop.py)", "(code/lumi_db/shop.py.md)"),
        (
            "docs/engine.md",
            "engine.md",
            "(../lumi_db/shop.py#L12)",
            "(code/lumi_db/shop.py.md#__codelineno-0-12)",
        ),
        ("docs/engine.md", "engine.md", "(../lumi_db/cli/)", "(code/lumi_db/cli.md)"),
        ("docs/engine.md", "engine.md", "(../.env.template)", "(code/_env.template.md)"),
        ("docs/engine.md", "engine.md", "(../README.md#start)", "(index.md#start)"),
        ("docs/decisions/dtos.md", "decisions/dtos.md", "(../types.md)", "(../types.md)"),
        ("docs/decisions/dtos.md", "decisions/dtos.md", "(../../seed/cli.py)", "(../code/seed/cli.py.md)"),
        ("README.md", "index.md", "(docs/schema.md)", "(schema.md)"),
        ("CONTRIBUTING.md", "contributing.md", "(docs/decisions/)", "(decisions/README.md)"),
        ("docs/engine.md", "engine.md", "(schema/)", "(schema.md)"),
        ("README.md", "index.md", "(#start)", "(#start)"),
        ("README.md", "index.md", "(https://zod.dev)", "(https://zod.dev)"),
    ],
)
def test_a_link_leads_to_its_target_on_the_site(page: str, on_site: str, link: str, expected: str) -> None:
    assert rewrite(f"see [it]{link}.", page, on_site) == f"see [it]{expected}."


def test_what_a_page_links_to_is_named_from_the_root() -> None:
    text = "[a](../lumi_db/shop.py#L3) [b](https://zod.dev) [c](#here) [d](schema.md)"
    assert list(targets(text, "docs/engine.md")) == ["lumi_db/shop.py", "docs/schema.md"]


def test_a_file_is_shown_whole_with_its_lines_and_a_folder_with_what_its_files_are() -> None:
    shown = show("lumi_db/money.py")
    assert '`````python linenums="1"\n"""' in shown
    assert "def contained_tax" in shown
    assert "| `checkout.py` | Checkout: a cart becomes an order" in show("lumi_db/workflows/")
    assert code_page("lumi_db/workflows/") == "code/lumi_db/workflows.md"
