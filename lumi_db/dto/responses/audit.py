"""Answers about the audit trail and security events; what makes them of rows, and what of them may be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from lumi_db.dto.row import is_row
from lumi_db.dto.rows.audit import AuditLogRow, SecurityEventRow

if TYPE_CHECKING:
    from lumi_db.types import AuditLog, SecurityEvent


class AuditLogResponse(AuditLogRow):
    """Who did what to which row, without the row's values."""


class SecurityEventResponse(SecurityEventRow):
    """What happened to an account, without its details."""


def to_audit_log_response(row: AuditLog) -> AuditLogResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return AuditLogResponse.of(row)


def is_audit_log(value: object) -> TypeGuard[AuditLog]:
    """Tell whether a value is a row of AuditLog."""
    return is_row(value, "AuditLog")


def to_security_event_response(row: SecurityEvent) -> SecurityEventResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return SecurityEventResponse.of(row)


def is_security_event(value: object) -> TypeGuard[SecurityEvent]:
    """Tell whether a value is a row of SecurityEvent."""
    return is_row(value, "SecurityEvent")
