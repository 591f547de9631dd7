"""Every example of docs/node.md runs, each on a database of its own."""

from __future__ import annotations

import re

import pytest

from lumi_db.config import project_root

from .support import Node

PAGE = project_root() / "docs" / "node.md"
EXAMPLES = re.findall(r"^```js\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
PRELUDE = """
process.env.DATABASE_URL = url
const assert = (holds) => { if (!holds) throw new Error('an example does not hold') }
console.assert = assert
"""
IMPORT = re.compile(r"^import \{ (.*) \} from '(.*?)'.*$", re.MULTILINE)


def run_example(node: Node, example: str) -> None:
    """Run an example; what it imports is there already, under the same names."""
    names = {name for match in IMPORT.finditer(example) for name in match[1].split(", ")}
    assert names <= {"PrismaClient", "PrismaPg", "Prisma", "lumi", "actingAs"}
    node.run(PRELUDE + IMPORT.sub("", example))


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_runs(node: Node, number: int) -> None:
    run_example(node, EXAMPLES[number])


def test_an_example_that_does_not_hold_fails(node: Node) -> None:
    with pytest.raises(Exception, match="an example does not hold"):
        run_example(node, "assert((await shop.product.count()) === 1)")
