"""EngineErrors as the exceptions of a generated client, so that what people catch today keeps working."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from .errors import EngineError

# Every code the engine has, with the class it is raised as. As in prisma-client-py's own `engine/utils.py`, but
# that all codes for a missing record have its class. docs/errors.md says when each comes and what to do.
CLASSES = {
    "P1000": "DataError",
    "P1001": "DataError",
    "P1002": "DataError",
    "P1003": "DataError",
    "P1008": "DataError",
    "P1009": "DataError",
    "P1010": "DataError",
    "P1011": "DataError",
    "P1012": "DataError",
    "P1013": "DataError",
    "P1015": "DataError",
    "P1017": "DataError",
    "P2000": "DataError",
    "P2002": "UniqueViolationError",
    "P2003": "ForeignKeyViolationError",
    "P2004": "DataError",
    "P2007": "DataError",
    "P2009": "FieldNotFoundError",
    "P2010": "RawQueryError",
    "P2011": "DataError",
    "P2012": "MissingRequiredValueError",
    "P2014": "DataError",
    "P2017": "RecordNotFoundError",
    "P2018": "RecordNotFoundError",
    "P2019": "InputError",
    "P2020": "DataError",
    "P2021": "TableNotFoundError",
    "P2022": "DataError",
    "P2023": "DataError",
    "P2024": "DataError",
    "P2025": "RecordNotFoundError",
    "P2028": "TransactionError",
    "P2029": "DataError",
    "P2034": "DataError",
    "P2037": "DataError",
}


def client_error(error: EngineError, errors: ModuleType) -> Exception:
    """Return the exception that prisma-client-py raises for this error; all carry `code` and `meta`.

    What the error came from is forgotten: the server's detail and the driver's messages repeat values, and
    tools that print an exception with its context would show them.
    """
    error.__cause__ = error.__context__ = None
    data: dict[str, Any] = {
        "user_facing_error": {"error_code": error.code, "message": error.message, "meta": error.meta}
    }
    if error.code == "P2028":
        expired = error.message.startswith("Transaction already closed")
        found = errors.TransactionExpiredError if expired else errors.TransactionError
        return _with_code(found(error.message), error)
    name = CLASSES.get(error.code or "", "DataError")
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
