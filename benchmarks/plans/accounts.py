"""How accounts are read: users, their rights, sessions, addresses, cards, and what was noted of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .cursors import deleted, second_page
from .read import Read
from .sample import Sample

DAY = timedelta(days=1)


def _period(sample: Sample, table: str) -> tuple[datetime, datetime]:
    moment: datetime = sample[table]["createdAt"]
    return moment - DAY, moment


def _revoke(s: Any, c: Sample) -> Any:
    return s.sessions.revoke_all(c["session"]["userId"])


READS = (
    Read(
        "users.find_by_email",
        "simple",
        ("User_email_key",),
        lambda s, c: s.users.find_by_email(c["User"]["email"]),
    ),
    Read(
        "users.get_by_email",
        "simple",
        ("User_email_key",),
        lambda s, c: s.users.get_by_email(c["User"]["email"]),
    ),
    Read("users.cursor_page, of all", "page", ("User_createdAt_idx",), lambda s, c: s.users.cursor_page()),
    Read("users.list_, the deleted", "page", ("User_deletedAt_idx",), lambda s, c: deleted(s.users)),
    Read("users.get", "simple", ("User_pkey",), lambda s, c: s.users.get(c["User"]["id"])),
    Read(
        "users.find, with all that is theirs",
        "join",
        (
            "User_pkey",
            "Address_userId_idx",
            "SavedCard_userId_idx",
            "UserSession_userId_idx",
            "UserRole_pkey",
        ),
        lambda s, c: s.users.find(
            c["User"]["id"],
            include={
                "addresses": True,
                "savedCards": True,
                "sessions": True,
                "roles": {"include": {"role": True}},
            },
        ),
    ),
    Read(
        "users.permissions",
        "join",
        ("User_pkey", "UserPermission_pkey", "UserRole_pkey"),
        lambda s, c: s.users.permissions(c["User"]["id"]),
    ),
    Read(
        "users.has_permission",
        "join",
        ("User_pkey", "UserPermission_pkey", "UserRole_pkey"),
        lambda s, c: s.users.has_permission(c["User"]["id"], "product:read"),
    ),
    Read("users.list_roles", "join", ("UserRole_pkey",), lambda s, c: s.users.list_roles(c["User"]["id"])),
    Read(
        "roles.find_by_name",
        "join",
        ("Role_name_key", "RolePermission_pkey"),
        lambda s, c: s.roles.find_by_name(c["role"]["name"]),
        is_small=True,
    ),
    Read(
        "roles.get_by_name",
        "join",
        ("Role_name_key", "RolePermission_pkey"),
        lambda s, c: s.roles.get_by_name(c["role"]["name"]),
        is_small=True,
    ),
    Read(
        "permissions.find_by_key",
        "simple",
        ("Permission_key_key",),
        lambda s, c: s.permissions.find_by_key(c["permission"]["key"]),
        is_small=True,
    ),
    Read(
        "permissions.get_by_key",
        "simple",
        ("Permission_key_key",),
        lambda s, c: s.permissions.get_by_key(c["permission"]["key"]),
        is_small=True,
    ),
    Read(
        "addresses.list_of_user",
        "simple",
        ("Address_userId_idx",),
        lambda s, c: s.addresses.list_of_user(c["Address"]["userId"]),
    ),
    Read(
        "addresses.find_default",
        "simple",
        ("Address_userId_default_key",),
        lambda s, c: s.addresses.find_default(c["Address"]["userId"]),
    ),
    Read(
        "saved_cards.list_of_user",
        "simple",
        ("SavedCard_userId_idx",),
        lambda s, c: s.saved_cards.list_of_user(c["SavedCard"]["userId"]),
    ),
    Read(
        "saved_cards.list_valid",
        "simple",
        ("SavedCard_userId_idx",),
        lambda s, c: s.saved_cards.list_valid(c["SavedCard"]["userId"]),
    ),
    Read(
        "saved_cards.find_default",
        "simple",
        ("SavedCard_userId_default_key",),
        lambda s, c: s.saved_cards.find_default(c["SavedCard"]["userId"]),
    ),
    Read(
        "sessions.find_by_token",
        "join",
        ("UserSession_refreshTokenHash_key", "User_pkey"),
        lambda s, c: s.sessions.find_by_token(c["session"]["token"]),
    ),
    Read(
        "sessions.list_live",
        "simple",
        ("UserSession_userId_idx",),
        lambda s, c: s.sessions.list_live(c["session"]["userId"]),
    ),
    Read(
        "sessions.log_out",
        "join",
        ("UserSession_refreshTokenHash_key", "UserSession_familyId_idx"),
        lambda s, c: s.sessions.log_out(c["session"]["token"]),
        is_write=True,
    ),
    Read("sessions.revoke_all", "simple", ("UserSession_userId_idx",), _revoke, is_write=True),
    Read(
        "sessions.clean_up",
        "simple",
        ("UserSession_expiresAt_revokedAt_idx",),
        lambda s, c: s.sessions.clean_up(c["expiry"]["at"]),
        is_write=True,
    ),
    Read(
        "security_events.page_of_user",
        "page",
        ("SecurityEvent_userId_createdAt_idx",),
        lambda s, c: s.security_events.page_of_user(c["SecurityEvent"]["userId"]),
    ),
    Read(
        "security_events.page_of_type",
        "page",
        ("SecurityEvent_type_createdAt_idx",),
        lambda s, c: s.security_events.page_of_type("LOGIN_SUCCEEDED"),
    ),
    Read(
        "security_events.page_of_type, after a cursor",
        "page",
        ("SecurityEvent_type_createdAt_idx",),
        lambda s, c: second_page(
            s.security_events,
            s.security_events.page_of_type,
            c["SecurityEvent"],
            "LOGIN_SUCCEEDED",
            where={"type": "LOGIN_SUCCEEDED"},
        ),
    ),
    Read(
        "security_events.page_between",
        "page",
        ("SecurityEvent_createdAt_idx",),
        lambda s, c: s.security_events.page_between(*_period(c, "SecurityEvent")),
    ),
    Read(
        "audit_log.page_of_entity",
        "page",
        ("AuditLog_entity_entityId_createdAt_idx",),
        lambda s, c: s.audit_log.page_of_entity(c["AuditLog"]["entity"], c["AuditLog"]["entityId"]),
    ),
    Read(
        "audit_log.page_of_user",
        "page",
        ("AuditLog_actorId_createdAt_idx",),
        lambda s, c: s.audit_log.page_of_user(c["AuditLog"]["actorId"]),
    ),
    Read(
        "audit_log.page_between",
        "page",
        ("AuditLog_createdAt_idx",),
        lambda s, c: s.audit_log.page_between(*_period(c, "AuditLog")),
    ),
)
