"""A folder that stands for a clone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumi_db import embedded


@pytest.fixture
def root() -> Iterator[Path]:
    """Give an empty folder that everyone may enter; pytest's own are closed to the user that runs root's server."""
    clone = Path(tempfile.mkdtemp(prefix="lumi-clone-"))
    clone.chmod(0o755)
    yield clone
    clone.chmod(0o755)
    embedded.delete(clone)
    shutil.rmtree(clone)
