"""The seed's one door to the generated client: enums, errors and Json, and for type checkers its inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lumi_db.client import load_generated

if TYPE_CHECKING:
    from lumi_db.generated import enums
    from lumi_db.generated import errors as client_errors
    from lumi_db.generated import types as inputs
    from lumi_db.generated.fields import Json
else:
    _generated = load_generated()
    enums, client_errors = _generated.enums, _generated.errors
    Json, inputs = _generated.Json, None


def as_json(data: Any) -> Json:
    """Wrap dictionaries, lists and plain values for a Json field."""
    return Json(data)


__all__ = ["as_json", "client_errors", "enums", "inputs"]
