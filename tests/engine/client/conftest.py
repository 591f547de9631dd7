"""Clients that a test connects by itself."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from lumi_db.engine import EngineOptions, in_process
from tests.engine.conftest import DATAMODEL

# Nothing listens there.
UNREACHABLE = "postgresql://postgres@127.0.0.1:1/nothing"


@pytest.fixture
def client_class(blog: ModuleType) -> Any:
    return in_process(blog.Prisma, datamodel=DATAMODEL, options=EngineOptions(pool_min=1, pool_max=4))


@pytest.fixture
def client(client_class: Any, blog_url: str) -> Any:
    """Give a client that is not connected."""
    return client_class(datasource={"url": blog_url}, use_dotenv=False)
