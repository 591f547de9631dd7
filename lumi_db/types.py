"""The names of the generated models, enums and inputs: `from lumi_db.types import Order, OrderCreateInput`.

Models and enums come with the client. The inputs are tens of thousands of lines, loaded when a program first
asks for one of them; annotations alone do not ask. What only type checkers know (`OrderWhere`, `OrderRow`: see
lumi_db/engine/typed) is `Any` at run time.
"""

from __future__ import annotations

import ast
import importlib
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

import typing_extensions

from lumi_db.client import FOLDER, PACKAGE, load_generated

if TYPE_CHECKING:
    # Whatever the schema has is public here, so the names cannot be listed.
    from lumi_db.generated.enums import *  # noqa: F403
    from lumi_db.generated.models import *  # noqa: F403
    from lumi_db.generated.typed import *  # noqa: F403
    from lumi_db.generated.types import *  # noqa: F403

_MODULES = ("models", "enums", "types")


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Return a public name of the generated client."""
        if not name.startswith("_"):
            load_generated()
            for module in _MODULES:
                found = _find(importlib.import_module(f"{PACKAGE}.{module}"), name)
                if found is not None:
                    return found
            if name in _typed_names():
                return Any
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    load_generated()
    modules = [importlib.import_module(f"{PACKAGE}.{module}") for module in _MODULES]
    return sorted({name for module in modules for name in dir(module) if _find(module, name) is not None})


@cache
def _typed_names() -> frozenset[str]:
    """Return the names that `typed.pyi` has for annotations; its last line lists them."""
    text = (FOLDER / "typed.pyi").read_text(encoding="utf-8")
    names: list[str] = ast.literal_eval(text[text.rindex("__all__ = ") :].removeprefix("__all__ = "))
    return frozenset(names)


def _find(module: ModuleType, name: str) -> Any:
    """Return what the module itself defines under a name: not what it imported, nor what is private."""
    found = getattr(module, name, None)
    imported = isinstance(found, ModuleType) or found is getattr(typing_extensions, name, None)
    home = getattr(found, "__module__", None) or module.__name__
    is_foreign = isinstance(found, type) and not home.startswith(PACKAGE)
    return None if name.startswith("_") or imported or is_foreign else found
