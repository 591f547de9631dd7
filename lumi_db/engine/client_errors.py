"""EngineErrors as the exceptions of a generated client, so that what people catch today keeps working."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from .errors import EngineError

# As in prisma-client-py's own `engine/utils.py`, but that all codes for a missing record have its class.
_CLASSES = {
    "P2002": "UniqueViolationError",
    "P2003": "ForeignKeyViolationError",
    "P2009": "FieldNotFoundError",
    "P2010": "RawQueryError",
    "P2012": "MissingRequiredValueError",
    "P2017": "RecordNotFoundError",
    "P2018": "RecordNotFoundError",
    "P2019": "InputError",
    "P2021": "TableNotFoundError",
    "P2025": "RecordNotFoundError",
}


def client_error(error: EngineError, errors: ModuleType) -> Exception:
    """Return the exception that prisma-client-py raises for this error; all carry `code` and `meta`."""
    data: dict[str, Any] = {
        "user_facing_error": {"error_code": error.code, "message": error.message, "meta": error.meta}
    }
    if error.code == "P2028":
        expired = error.message.startswith("Transaction already closed")
        found = errors.TransactionExpiredError if expired else errors.TransactionError
        return _with_code(found(error.message), error)
    name = _CLASSES.get(error.code or "", "DataError")
    if name == "RawQueryError":
        data["user_facing_error"]["meta"].setdefault("message", error.message)
    raised: Exception = getattr(errors, name)(data)
    return raised


def _with_code(raised: Exception, error: EngineError) -> Exception:
    """prisma-client-py's transaction errors carry neither; ours do, like all others."""
    raised.code, raised.meta = error.code, error.meta  # type: ignore[attr-defined]
    return raised


class DeferredError(Exception):
    """An error that the generated `update` must not take for a missing root row."""

    def __init__(self, raised: Exception) -> None:
        super().__init__(str(raised))
        self.raised = raised


class Refusal(dict[str, Any]):
    """An answer that raises when it is looked into.

    The generated `update` returns None for every RecordNotFoundError of the engine, so a nested write whose
    row is missing would pass for a missing root row. It looks into the answer after that.
    """

    def __init__(self, raised: Exception) -> None:
        super().__init__()
        self._raised = raised

    def __getitem__(self, key: str) -> Any:
        raise self._raised
