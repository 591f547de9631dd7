"""What can go wrong in the engine, before it is given the generated client's exception classes.

Every stage raises `EngineError` with a Prisma code; `client.py` turns it into the class that
prisma-client-py's users catch today. Codes: https://www.prisma.io/docs/orm/reference/error-reference
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class EngineError(Exception):
    """A failed operation: a Prisma code, a sentence for people and what Prisma calls `meta`.

    The message and `meta` never hold the value of a parameter. `code` is None only for SQLSTATEs
    for which Prisma has no code; `meta["sqlstate"]` names them.
    """

    def __init__(self, code: str | None, message: str, meta: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.meta = dict(meta or {})

    @property
    def label(self) -> str:
        """The Prisma code, or else the SQLSTATE: what a log names the error by."""
        return self.code or str(self.meta.get("sqlstate", "unknown"))
