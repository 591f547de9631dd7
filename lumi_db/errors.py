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
    │   └── ClientNotReady              the generated client cannot be used
    │       ├── ClientNotGenerated
    │       └── ClientOutdated              it was generated from another schema
    └── InternalError               nobody but us: a bug in lumi_db

Every message is one sentence that names what is wrong and what to do about it. It never holds a
password, a URL with one, or the value of a query's parameter. Failed operations of the client raise
prisma-client-py's own exceptions (`lumi_db.client.errors`), not these.
"""

from __future__ import annotations


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


class ClientNotReady(SetupError):
    """The generated client cannot be used."""


class ClientNotGenerated(ClientNotReady):
    """There is no generated client, or only half of one."""


class ClientOutdated(ClientNotReady):
    """The client was generated from another schema than the one that is here."""


class InternalError(LumiError):
    """A bug in lumi_db; please report it."""
