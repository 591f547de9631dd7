"""Partial types with `output`: what a script named by `partial_type_generator` needs.

prisma-client-py's own examples import `prisma.models`, which is not there when the client is written elsewhere.
https://prisma-client-py.readthedocs.io/en/stable/getting_started/partial-types/
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from .errors import EngineError

_NAME = "_client_being_generated"


def generated_models() -> Any:
    """Return the models that are being generated, for calls of `create_partial`.

    Raises:
        EngineError: P1012 where no `prisma generate` is running the caller.
    """
    from prisma.generator import partial_models_ctx
    from prisma.generator.models import data_ctx

    try:
        output = Path(data_ctx.get().generator.output.value)
    except LookupError:
        raise EngineError(
            "P1012",
            "generated_models() works only in the script that the schema names as partial_type_generator.",
        ) from None
    # The package imports its partial types, which are written last; those of an earlier run may not fit.
    (output / "partials.py").write_text("", encoding="utf-8")
    _load(output)
    models: Any = sys.modules[f"{_NAME}.models"]
    # The copy has a variable of its own, which the running generator does not read.
    models.partial_models_ctx = partial_models_ctx
    return models


def _load(package: Path) -> ModuleType:
    if _NAME in sys.modules:
        return sys.modules[_NAME]
    spec = spec_from_file_location(_NAME, package / "__init__.py", submodule_search_locations=[str(package)])
    if spec is None or spec.loader is None:  # pragma: no cover - for the type checker
        raise EngineError("P1012", f"{package} is no package.")
    module = sys.modules[_NAME] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
