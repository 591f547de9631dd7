"""The face of the package: flat, sorted, whole, and light to import."""

from __future__ import annotations

import subprocess
import sys

import pytest

import lumi_db
from lumi_db import errors, types


def test_the_public_names_are_sorted() -> None:
    assert lumi_db.__all__ == sorted(lumi_db.__all__, key=lambda name: (name[0].islower(), name))


@pytest.mark.parametrize("name", lumi_db.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(lumi_db, name).__name__ == name


def test_every_error_is_public() -> None:
    ours = {
        name for name, value in vars(errors).items() if getattr(value, "__module__", "") == errors.__name__
    }
    assert ours <= set(lumi_db.__all__)


def test_dir_shows_what_is_not_loaded_yet() -> None:
    assert set(lumi_db.__all__) <= set(dir(lumi_db))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'lumi_db' has no attribute 'Databse'"):
        _ = lumi_db.Databse  # type: ignore[attr-defined]  # on purpose


def test_importing_the_package_loads_neither_client_nor_driver() -> None:
    heavy = ("lumi_db.generated", "asyncpg", "pydantic")
    code = f"import lumi_db, sys; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_models_enums_and_inputs_are_public_types() -> None:
    assert types.User.__name__ == "User"
    assert types.OrderStatus.PENDING == "PENDING"
    assert types.UserCreateInput.__module__.endswith("generated.types")


@pytest.mark.parametrize("name", ["List", "datetime", "BaseModel", "_str", "Usr"])
def test_names_that_are_not_of_the_schema_are_not_public_types(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(types, name)


def test_dir_of_the_types_lists_the_schemas_names() -> None:
    names = dir(types)
    assert {"User", "OrderStatus", "UserWhereInput"} <= set(names)
    assert "TypedDict" not in names
