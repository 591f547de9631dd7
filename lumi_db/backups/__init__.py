"""Backups: a dump with its manifest, verified by restoring it; restoring with a guard."""

from .errors import BackupError, FileProblem, NotTheSame, ProgramFailed, RestoreRefused
from .manifest import Manifest
from .restoring import Restored, Target, check_backup, find_target, read_backup, restore_backup
from .taking import Backup, take_backup

__all__ = [
    "Backup",
    "BackupError",
    "FileProblem",
    "Manifest",
    "NotTheSame",
    "ProgramFailed",
    "RestoreRefused",
    "Restored",
    "Target",
    "check_backup",
    "find_target",
    "read_backup",
    "restore_backup",
    "take_backup",
]
