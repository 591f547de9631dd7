"""The data layer of the Lumi shop: `async with Database() as db: await db.client.product.find_many()`.

Everything public is a name of this module, loaded when it is first asked for. Models and inputs are in
`lumi_db.types`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from loguru import logger

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.config import Settings
    from lumi_db.database import Database, Health
    from lumi_db.engine import OperationEvent, QueryEvent
    from lumi_db.errors import (
        AccessDenied,
        AccountLockedError,
        AuthenticationError,
        BodyTooLarge,
        CallerError,
        ClientNotGenerated,
        ClientNotReady,
        ClientOutdated,
        ConfigError,
        ConflictError,
        ConnectionFailed,
        CouponError,
        DatabaseMissing,
        DatabaseNotOpen,
        DatabaseUnavailable,
        FieldProblem,
        ForeignDatabase,
        IdempotencyError,
        InternalError,
        LumiError,
        MigrationFailed,
        MigrationRefused,
        MigrationsPending,
        NotFoundError,
        OperationError,
        OperationFailedError,
        OperationTimeoutError,
        OutcomeUnknownError,
        OutOfStockError,
        PoolTimeoutError,
        QueryError,
        QueryTimeoutError,
        RelatedRecordError,
        SchemaNotReady,
        ServerTooOld,
        ServiceUnavailableError,
        SetupError,
        StaleRecordError,
        StatusError,
        TransientError,
        ValidationError,
        WriteConflictError,
    )
    from lumi_db.observability import QueryLog, configure_logging
    from lumi_db.scope import Scope, acting_as, with_deleted

__all__ = [
    "AccessDenied",
    "AccountLockedError",
    "AuthenticationError",
    "BodyTooLarge",
    "CallerError",
    "ClientNotGenerated",
    "ClientNotReady",
    "ClientOutdated",
    "ConfigError",
    "ConflictError",
    "ConnectionFailed",
    "CouponError",
    "Database",
    "DatabaseMissing",
    "DatabaseNotOpen",
    "DatabaseUnavailable",
    "FieldProblem",
    "ForeignDatabase",
    "Health",
    "IdempotencyError",
    "InternalError",
    "LumiError",
    "MigrationFailed",
    "MigrationRefused",
    "MigrationsPending",
    "NotFoundError",
    "OperationError",
    "OperationEvent",
    "OperationFailedError",
    "OperationTimeoutError",
    "OutOfStockError",
    "OutcomeUnknownError",
    "PoolTimeoutError",
    "Prisma",
    "QueryError",
    "QueryEvent",
    "QueryLog",
    "QueryTimeoutError",
    "RelatedRecordError",
    "SchemaNotReady",
    "Scope",
    "ServerTooOld",
    "ServiceUnavailableError",
    "Settings",
    "SetupError",
    "StaleRecordError",
    "StatusError",
    "TransientError",
    "ValidationError",
    "WriteConflictError",
    "acting_as",
    "configure_logging",
    "with_deleted",
]

_HOMES = {
    "Database": "database",
    "Health": "database",
    "OperationEvent": "engine",
    "Prisma": "client",
    "QueryEvent": "engine",
    "QueryLog": "observability",
    "Scope": "scope",
    "Settings": "config",
    "acting_as": "scope",
    "configure_logging": "observability",
    "with_deleted": "scope",
}

# As loguru asks of libraries: silent until the program calls configure_logging() or logger.enable("lumi_db").
logger.disable("lumi_db")


if not TYPE_CHECKING:  # type checkers would take every name for one of this module

    def __getattr__(name: str) -> Any:
        """Load a public name from the module that defines it (PEP 562)."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'errors')}"), name)


def __dir__() -> list[str]:
    return [*__all__, *globals()]
