"""Answers for the columns of the audit models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Row, WireInstant


class AuditLogRow(Row):
    """The columns of AuditLog."""

    of_model: ClassVar[str] = "AuditLog"

    id: str
    user_id: str | None
    actor_id: str | None
    actor_type: enums.ActorType
    action: enums.AuditAction
    entity: str
    entity_id: str
    ip_address: str | None
    user_agent: str | None
    request_id: str | None
    created_at: WireInstant
    updated_at: WireInstant


class SecurityEventRow(Row):
    """The columns of SecurityEvent."""

    of_model: ClassVar[str] = "SecurityEvent"

    id: str
    user_id: str | None
    type: enums.SecurityEventType
    ip_address: str | None
    user_agent: str | None
    created_at: WireInstant
    updated_at: WireInstant
