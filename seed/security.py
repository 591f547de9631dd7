"""Make the sessions of those who are signed in, and the events of the last days."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from random import Random

from seed.data.customers import STAFF
from seed.ids import make_id
from seed.moments import AS_OF
from seed.people import browser_of, ip_of, user_id
from seed.schema import as_json, enums, inputs
from seed.stage import FORGETFUL, LOCKED_OUT, SIGNED_OUT, SUSPENDED, Stage
from seed.tables import Part, Table

_LIFETIME = timedelta(days=30)
_STRANGER = "198.51.100.23"
_ROBOT = "python-requests/2.32"


def security_part(stage: Stage) -> Part:
    """Make all sessions and security events."""
    guests = [person.email for person in stage.customers if person.email not in (LOCKED_OUT, SUSPENDED)]
    sessions = [_session(email) for email in guests]
    logins = [_event(email, "LOGIN_SUCCEEDED", _signed_in(email)) for email in guests]
    return Part("security", (Table("usersession", sessions), Table("securityevent", logins + _incidents())))


def _signed_in(email: str) -> datetime:
    """Return an instant of the last week, in which nobody joined."""
    return AS_OF - timedelta(minutes=Random(f"sign-in {email}").randrange(300, 9_000))


def _session(email: str) -> inputs.UserSessionCreateWithoutRelationsInput:
    created = _signed_in(email)
    ended = created + timedelta(hours=2) if email == SIGNED_OUT else None
    return {
        "id": make_id("UserSession", email),
        "userId": user_id(email),
        "refreshTokenHash": _unusable_hash(email),
        "familyId": make_id("family", email),
        "fingerprint": hashlib.blake2b(browser_of(email).encode(), digest_size=16).hexdigest(),
        "ipAddress": ip_of(email),
        "userAgent": browser_of(email),
        "expiresAt": created + _LIFETIME,
        "revokedAt": ended,
        "createdAt": created,
        "updatedAt": ended or created,
    }


def _unusable_hash(email: str) -> str:
    """Return 64 digits like a SHA-256 of which nobody knows the token: they come of another hash."""
    return hashlib.blake2b(f"session {email}".encode(), digest_size=32).hexdigest()


def _incidents() -> list[inputs.SecurityEventCreateWithoutRelationsInput]:
    attack = AS_OF - timedelta(minutes=20)
    tries = [
        _event(LOCKED_OUT, "LOGIN_FAILED", attack + timedelta(seconds=9 * number), _STRANGER, _ROBOT)
        for number in range(5)
    ]
    denied = AS_OF - timedelta(days=3)
    return [
        *tries,
        _event(LOCKED_OUT, "ACCOUNT_LOCKED", attack + timedelta(seconds=37), _STRANGER, _ROBOT),
        _event(None, "LOGIN_FAILED", attack - timedelta(minutes=1), _STRANGER, _ROBOT),
        _event(SUSPENDED, "ACCOUNT_STATUS_CHANGED", AS_OF - timedelta(days=6)),
        _event(SIGNED_OUT, "LOGOUT", _signed_in(SIGNED_OUT) + timedelta(hours=2)),
        _event(FORGETFUL, "PASSWORD_RESET_REQUESTED", AS_OF - timedelta(days=9, minutes=12)),
        _event(FORGETFUL, "PASSWORD_RESET_COMPLETED", AS_OF - timedelta(days=9)),
        _event(STAFF[2].email, "PERMISSION_DENIED", denied, payload={"permission": "refund:create"}),
    ]


def _event(
    email: str | None,
    type_: str,
    moment: datetime,
    ip: str | None = None,
    browser: str | None = None,
    payload: dict[str, str] | None = None,
) -> inputs.SecurityEventCreateWithoutRelationsInput:
    name = email or "unknown"
    return {
        "id": make_id("SecurityEvent", name, type_, moment.isoformat()),
        "userId": user_id(email) if email else None,
        "type": enums.SecurityEventType[type_],
        "ipAddress": ip or ip_of(name),
        "userAgent": browser or browser_of(name),
        "payload": as_json(payload or {}),
        "createdAt": moment,
        "updatedAt": moment,
    }
