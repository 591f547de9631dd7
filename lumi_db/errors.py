"""What can go wrong in lumi_db, split by who must act.

    LumiError
    ├── CallerError                 the program that calls: its code is wrong
    │   └── DatabaseNotOpen             used before open() or after close()
    ├── SetupError                  who runs the program: settings, server, schema, client
    │   ├── ConfigError                 a variable of the environment is missing or wrong
    │   ├── ConnectionFailed            the server cannot be used
    │   │   ├── DatabaseUnavailable         not reachable, starting or full: may pass by itself
    │   │   ├── AccessDenied                wrong user, password or rights
    │   │   ├── DatabaseMissing             the server has no database of this name
    │   │   └── ServerTooOld                PostgreSQL before 15
    │   ├── SchemaNotReady              the database is there, its tables are not the shop's
    │   │   ├── ForeignDatabase             it holds something else
    │   │   ├── MigrationsPending           it lacks migrations of this version
    │   │   └── MigrationFailed             one of its migrations stopped half-way
    │   ├── MigrationRefused            what was asked of the migrations would harm; nothing was done
    │   └── ClientNotReady              the generated client cannot be used
    │       ├── ClientNotGenerated
    │       └── ClientOutdated              it was generated from another schema
    ├── OperationError              what repositories and workflows raise, each with an HTTP status
    │   ├── ValidationError             422: the data break a rule; `problems` names the fields
    │   │   ├── QueryError                  400: unknown filter or sort field, page size, cursor
    │   │   └── BodyTooLarge                413: a request has more bytes than are read
    │   ├── NotFoundError               404: there is no such row (P2025)
    │   ├── AuthenticationError         401: wrong password, unknown or reused token
    │   │   └── AccountLockedError          423: too many failed logins
    │   ├── ConflictError               409: a row like this exists (P2002), or the rows' state forbids it
    │   │   ├── StaleRecordError            somebody else changed the row since it was read
    │   │   ├── StatusError                 an order, payment or review cannot go this way from where it is
    │   │   ├── OutOfStockError             more was asked for than there is
    │   │   ├── CouponError                 the coupon cannot be used here and now
    │   │   └── IdempotencyError            the key was used with another content
    │   ├── RelatedRecordError          409: it points at a row that is not there, or is pointed at (P2003)
    │   ├── TransientError              the same may succeed when it is run again
    │   │   ├── WriteConflictError          409: write conflict or deadlock (P2034)
    │   │   ├── OperationTimeoutError       504: a lock or transaction took too long (P1008, P2028)
    │   │   │   └── QueryTimeoutError           504: a statement took longer than QUERY_TIMEOUT_MS (P1008)
    │   │   ├── PoolTimeoutError            503: no connection was free in time (P2024)
    │   │   └── ServiceUnavailableError     503: the server cannot be reached or went away (P1001, P1017)
    │   ├── OutcomeUnknownError         500: the answer to COMMIT was lost; look before doing it again
    │   └── OperationFailedError        500: anything else; `code` says what
    └── InternalError               nobody but us: a bug in lumi_db

Every message is one sentence that names what is wrong and what to do about it. It never holds a
password, a URL with one, or the value of a query's parameter. Failed operations of the client raise
prisma-client-py's own exceptions (`lumi_db.client.errors`); repositories turn them into OperationErrors
(`lumi_db/translation.py`), which keep Prisma's code.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


class LumiError(Exception):
    """The root of all errors that lumi_db itself raises."""


class CallerError(LumiError):
    """The calling code is wrong; no other input or environment would make it right."""


class DatabaseNotOpen(CallerError):
    """A `Database` was used before `open()` or after `close()`."""


class SetupError(LumiError):
    """The person who runs the program must act."""


class ConfigError(SetupError):
    """A variable of the environment is missing or wrong.

    `variables` names them; the message has one sentence a line, one line a variable.
    """

    def __init__(self, message: str, *, variables: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.variables = variables


class ConnectionFailed(SetupError):
    """The server cannot be used. `code` is Prisma's (P1000, P1001, P1003 …) where it has one."""

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


class DatabaseUnavailable(ConnectionFailed):
    """The server is unreachable, starting, stopping or full; trying again may help."""


class AccessDenied(ConnectionFailed):
    """The server refuses this user or password, or the user may not connect to this database."""


class DatabaseMissing(ConnectionFailed):
    """The server answers, but has no database of this name."""


class ServerTooOld(ConnectionFailed):
    """The server is older than PostgreSQL 15."""


class SchemaNotReady(SetupError):
    """The database does not hold the shop's tables as this version knows them."""


class ForeignDatabase(SchemaNotReady):
    """The database holds tables of something else."""


class MigrationsPending(SchemaNotReady):
    """The database lacks migrations; `pending` names them in order."""

    def __init__(self, message: str, *, pending: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.pending = pending


class MigrationFailed(SchemaNotReady):
    """A migration of this database started and did not end."""


class MigrationRefused(SetupError):
    """What was asked of the migrations is not possible or not safe; nothing was done."""


class ClientNotReady(SetupError):
    """The generated client cannot be used."""


class ClientNotGenerated(ClientNotReady):
    """There is no generated client, or only half of one."""


class ClientOutdated(ClientNotReady):
    """The client was generated from another schema than the one that is here."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field; `field` is a path like `variants.0.price`."""

    field: str
    message: str


class OperationError(LumiError):
    """An operation on the shop's data failed.

    `code` is Prisma's where there is one, `entity` the model, `fields` the fields it is about, `problems` a
    sentence for each of them where there are several.
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Operation failed"
    slug: ClassVar[str] = "operation-failed"
    is_retryable: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        entity: str | None = None,
        fields: tuple[str, ...] = (),
        problems: tuple[FieldProblem, ...] = (),
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.entity = entity
        self.fields = fields or tuple(problem.field for problem in problems)
        self.problems = problems
        self.code = code

    def problem(self, *, instance: str | None = None) -> dict[str, Any]:
        """Return the problem document of RFC 9457 (`application/problem+json`); `instance` is the request's URI."""
        known: dict[str, Any] = {
            "type": f"urn:lumi:problem:{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.message,
            "instance": instance,
            "code": self.code,
            "entity": self.entity,
            "fields": list(self.fields),
            "errors": [asdict(problem) for problem in self.problems],
            "retryable": self.is_retryable or None,
        }
        return {name: value for name, value in known.items() if value not in (None, [])}


class ValidationError(OperationError):
    """The data break a rule; other data would pass."""

    status, title, slug = 422, "Data not valid", "validation"


class QueryError(ValidationError):
    """A filter, sort field, page or cursor cannot be used."""

    status, title, slug = 400, "Query not valid", "query"


class BodyTooLarge(ValidationError):
    """A request has more bytes than are read."""

    status, title, slug = 413, "Body too large", "body-too-large"


class NotFoundError(OperationError):
    """There is no such row, or it was soft-deleted."""

    status, title, slug = 404, "Not found", "not-found"


class AuthenticationError(OperationError):
    """The person could not prove who they are."""

    status, title, slug = 401, "Not authenticated", "authentication"


class AccountLockedError(AuthenticationError):
    """Too many logins failed; nobody can log in until the lock-out ends."""

    status, title, slug = 423, "Account locked", "account-locked"


class ConflictError(OperationError):
    """A row with these unique values exists, or the state of the rows forbids the operation."""

    status, title, slug = 409, "Conflict", "conflict"


class StaleRecordError(ConflictError):
    """The row was changed since it was read: read it again, then decide."""

    title, slug = "Stale record", "stale-record"


class StatusError(ConflictError):
    """The row cannot go to this status from the one it has."""

    title, slug = "Status not possible", "status"


class OutOfStockError(ConflictError):
    """More was asked for than can be sold."""

    title, slug = "Out of stock", "out-of-stock"


class CouponError(ConflictError):
    """The coupon cannot be used for this order now."""

    title, slug = "Coupon not usable", "coupon"


class IdempotencyError(ConflictError):
    """The idempotency key was used before with another content."""

    title, slug = "Idempotency key reused", "idempotency-key-reused"


class RelatedRecordError(OperationError):
    """It points at a row that is not there, or rows that point at it are in the way."""

    status, title, slug = 409, "Related record", "related-record"


class TransientError(OperationError):
    """It did nothing, and the same may succeed when it is run again."""

    status, title, slug = 503, "Try again", "transient"
    is_retryable = True


class WriteConflictError(TransientError):
    """Two transactions were in each other's way; all of this one may be run again."""

    status, title, slug = 409, "Write conflict", "write-conflict"


class OperationTimeoutError(TransientError):
    """A statement, a lock or the whole transaction took longer than it may; it was rolled back."""

    status, title, slug = 504, "Timed out", "timeout"


class QueryTimeoutError(OperationTimeoutError):
    """A statement took longer than QUERY_TIMEOUT_MS, and was ended on the server."""

    title, slug = "Query timed out", "query-timeout"


class PoolTimeoutError(TransientError):
    """No connection was free in time."""

    title, slug = "Too busy", "pool-timeout"


class ServiceUnavailableError(TransientError):
    """The database server cannot be reached, is full, or ended the connection; nothing was committed."""

    title, slug = "Database unavailable", "unavailable"


class OutcomeUnknownError(OperationError):
    """The connection was lost during COMMIT: look whether it took effect before doing it again."""

    title, slug = "Outcome unknown", "outcome-unknown"


class OperationFailedError(OperationError):
    """The database refused for a reason that no caller expects."""


class InternalError(LumiError):
    """A bug in lumi_db; please report it."""
