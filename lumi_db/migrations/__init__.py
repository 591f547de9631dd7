"""Migrations from Python alone: Prisma's files, table, lock and checksums; up, down and where each one stands."""

from .down import undo
from .files import Migration, find_migrations_folder, list_migrations, read_migrations
from .history import Standing, State, compare, read_history
from .up import Applied, apply_pending

__all__ = [
    "Applied",
    "Migration",
    "Standing",
    "State",
    "apply_pending",
    "compare",
    "find_migrations_folder",
    "list_migrations",
    "read_history",
    "read_migrations",
    "undo",
]
