"""People: accounts, what they may do, where they live, what they pay with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import bcrypt
from polyfactory import PostGenerated, Use

from lumi_db.types import (
    Address,
    AuditLog,
    Permission,
    Role,
    RolePermission,
    SavedCard,
    SecurityEvent,
    User,
    UserPermission,
    UserRole,
    UserSession,
)

from .base import RowFactory
from .chance import CHANCE, now

TEST_PASSWORD = "correct horse battery staple"  # noqa: S105 - of people who do not exist
"""The password of every user that `UserFactory` makes."""

# Cost 4 is the lowest that bcrypt knows: a login takes a millisecond. With one salt every run has the same hash.
_HASH = bcrypt.hashpw(TEST_PASSWORD.encode(), b"$2b$04$" + b"u" * 22).decode()
_BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
_MONTH = timedelta(days=30)
_PLACES = (
    ("İstanbul", "Kadıköy", "34710"),
    ("Ankara", "Çankaya", "06690"),
    ("İzmir", "Karşıyaka", "35550"),
    ("Bursa", "Nilüfer", "16110"),
    ("Eskişehir", "Odunpazarı", "26030"),
)


def created_before(name: str, values: Mapping[str, Any], *, end: str) -> datetime:
    """Return an instant for `createdAt`: now, or a month before an end that is in the past."""
    ends = values.get(end)
    return now() if ends is None or ends > now() else ends - _MONTH


class UserFactory(RowFactory[User]):
    """Makes a customer whose password is TEST_PASSWORD."""

    passwordHash = _HASH
    firstName = Use(CHANCE.faker.first_name)
    lastName = Use(CHANCE.faker.last_name)
    email = PostGenerated(lambda _, user: f"{CHANCE.slug(user['firstName'] or 'user')}@example.com")
    phone = Use(CHANCE.phone)
    emailVerifiedAt = PostGenerated(lambda _, user: now() if user.get("emailVerified") else None)
    status = PostGenerated(lambda _, user: "DELETED" if user.get("deletedAt") else "ACTIVE")


class UserSessionFactory(RowFactory[UserSession]):
    """Makes a session that lasts for a month; the token behind its hash is unknown."""

    refreshTokenHash = Use(CHANCE.hash)
    familyId = Use(CHANCE.make_id)
    fingerprint = Use(CHANCE.hash)
    ipAddress = Use(CHANCE.ip_address)
    userAgent = _BROWSER
    expiresAt = PostGenerated(lambda _, session: (session.get("createdAt") or now()) + _MONTH)
    createdAt = PostGenerated(created_before, end="expiresAt")


class RoleFactory(RowFactory[Role]):
    name = Use(lambda: f"role-{CHANCE.mark()}")
    description = "Made for a test"


class PermissionFactory(RowFactory[Permission]):
    key = Use(lambda: f"thing-{CHANCE.mark()}:{CHANCE.pick(('read', 'write', 'publish'))}")
    description = "Made for a test"


class RolePermissionFactory(RowFactory[RolePermission]):
    pass


class UserRoleFactory(RowFactory[UserRole]):
    pass


class UserPermissionFactory(RowFactory[UserPermission]):
    pass


class SecurityEventFactory(RowFactory[SecurityEvent]):
    __parents__ = {"user": {}}

    type = "LOGIN_SUCCEEDED"
    ipAddress = Use(CHANCE.ip_address)
    userAgent = _BROWSER


class AuditLogFactory(RowFactory[AuditLog]):
    """Makes an entry by hand, beside those that the database writes."""

    __parents__ = {"user": {}}

    actorId = PostGenerated(lambda _, entry: entry.get("userId"))
    actorType = PostGenerated(lambda _, entry: "STAFF" if entry.get("actorId") else "SYSTEM")
    action = "UPDATE"
    entity = "Product"
    entityId = Use(CHANCE.make_id)
    before = Use(lambda: {"title": "Old title"})
    after = Use(lambda: {"title": "New title"})
    ipAddress = Use(CHANCE.ip_address)
    userAgent = _BROWSER
    requestId = Use(CHANCE.make_id)


class AddressFactory(RowFactory[Address]):
    """Makes an address in Turkey that is not the user's default."""

    label = "Ev"
    fullName = Use(CHANCE.faker.name)
    phone = Use(CHANCE.phone)
    line1 = Use(lambda: f"{CHANCE.faker.last_name()} Sk. No: {CHANCE.random.randint(1, 120)}")

    @classmethod
    def draw(cls, parents: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
        city, state, postal_code = CHANCE.pick(_PLACES)
        place = {"city": city, "state": state, "postalCode": postal_code}
        return super().draw(parents, ({} if "city" in given else place) | dict(given))


class SavedCardFactory(RowFactory[SavedCard]):
    """Makes a card that is not the user's default."""

    cardToken = Use(lambda: f"card-{CHANCE.mark()}")
    cardAlias = "Kartım"
    binNumber = "552879"
    lastFourDigits = Use(CHANCE.digits, 4)
    cardType = "CREDIT"
    cardAssociation = "MASTERCARD"
    cardFamily = "Bonus"
    cardBankName = "Garanti BBVA"
    cardHolderName = Use(CHANCE.faker.name)
    expiryMonth = Use(CHANCE.random.randint, 1, 12)
    expiryYear = Use(lambda: now().year + CHANCE.random.randint(1, 5))
