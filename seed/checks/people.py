"""What must hold of accounts and of what belongs to them."""

from seed.checks.check import Check, duplicates, rows_where

_CARD_NUMBER = "^[0-9 -]{12,}$"

PEOPLE = (
    rows_where(
        "user-email",
        "accounts whose e-mail is not in lower case or not shaped like an address",
        "User",
        r""""deletedAt" IS NULL AND NOT ("email" ~ '^[^\s@A-Z]+@[^\s@A-Z#.]+(\.[^\s@A-Z#.]+)+$')""",
    ),
    rows_where(
        "user-password",
        "accounts whose password is not kept as bcrypt",
        "User",
        r""""deletedAt" IS NULL AND "passwordHash" !~ '^\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}$'""",
    ),
    rows_where(
        "user-deleted",
        "accounts that are DELETED without a day, or deleted with another status",
        "User",
        """("status" = 'DELETED') <> ("deletedAt" IS NOT NULL)""",
    ),
    Check(
        "user-signed-in",
        "sessions of deleted accounts that were not ended",
        """SELECT s."id" FROM "UserSession" s JOIN "User" u ON u."id" = s."userId"
        WHERE u."deletedAt" IS NOT NULL AND s."revokedAt" IS NULL""",
    ),
    rows_where(
        "session-token",
        "sessions whose refresh token is not kept as SHA-256",
        "UserSession",
        """"refreshTokenHash" !~ '^[0-9a-f]{64}$'""",
    ),
    rows_where(
        "session-expiry", "sessions that end before they begin", "UserSession", '"expiresAt" <= "createdAt"'
    ),
    rows_where(
        "permission-key",
        "permissions that are not named domain:action",
        "Permission",
        """"key" !~ '^[a-z][a-z0-9_-]*:([a-z][a-z0-9_-]*|\\*)$'""",
    ),
    duplicates(
        "address-default", "accounts with several default addresses", "Address", '"userId"', '"isDefault"'
    ),
    duplicates("card-default", "accounts with several default cards", "SavedCard", '"userId"', '"isDefault"'),
    rows_where(
        "card-number",
        "saved cards that may hold a card number, or digits that are not four",
        "SavedCard",
        f""""cardToken" ~ '{_CARD_NUMBER}' OR "lastFourDigits" !~ '^[0-9]{{4}}$'""",
    ),
)
