"""No variable of the machine or `.env` of the checkout reaches these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from lumi_db.config import list_variables


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty project root, and an environment with none of our variables."""
    for variable in list_variables():
        monkeypatch.delenv(variable.name, raising=False)
    return tmp_path
