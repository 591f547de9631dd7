"""The cheap import keeps its promises when something fails."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from lumi_db.light_import import import_light


def nothing(_compat: ModuleType) -> None:
    """Prepare nothing."""


def test_a_package_that_is_not_there_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_client"):
        import_light("no_such_client", prepare=nothing)


def test_a_package_that_fails_half_way_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "half_a_client"
    package.mkdir()
    (package / "__init__.py").write_text("from ._types import MetricsFormat\nraise OSError('disk')\n")
    (package / "_types.py").write_text("DatasourceOverride = HttpConfig = MetricsFormat = dict\n")
    for name in ("types", "_compat"):
        (package / f"{name}.py").touch()
    for name in ("engine", "generator"):
        (package / name).mkdir()
        (package / name / "__init__.py").touch()
    (package / "generator" / "models.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(OSError, match="disk"):
        import_light("half_a_client", prepare=nothing)
    assert [name for name in sys.modules if name.startswith("half_a_client")] == []
