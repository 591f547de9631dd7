"""What is only ever added to: audit log and security events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import AuditLog, SecurityEvent  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class AuditLogRepository(Repository["AuditLog"]):
    """Who changed what."""

    entity = "AuditLog"


class SecurityEventRepository(Repository["SecurityEvent"]):
    """What happened to accounts."""

    entity = "SecurityEvent"
