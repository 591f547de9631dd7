"""EngineErrors as the exceptions of a generated client, so that what people catch today keeps working."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from .errors import EngineError

# As in prisma-client-py's own `engine/utils.py`.
_CLASSES = {
    "P2002": "UniqueViolationError",
    "P2003": "ForeignKeyViolationError",
    "P2009": "FieldNotFoundError",
    "P2010": "RawQueryError",
    "P2012": "MissingRequiredValueError",
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
