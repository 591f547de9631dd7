"""A Node process for all tests of a run's worker, and for each test the database that it runs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from .support import Node, start_node


@pytest.fixture(scope="session")
def node_process() -> Iterator[Node]:
    with start_node() as node:
        yield node


@pytest.fixture
def node(node_process: Node, database_url: str) -> Node:
    """Give Node on the test's own database."""
    return replace(node_process, url=database_url)
