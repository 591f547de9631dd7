"""Rules of users, sessions, addresses, cards and the audit log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lumi_db import ConflictError, ValidationError
from lumi_db.rules import ShopRules
from lumi_db.shop import Shop
from lumi_db.workflows.accounts import erase_user

from .refusal import Refusal
from .world import World

PASSWORD = "correct horse"
CARD = {"lastFourDigits": "0008", "expiryMonth": 12, "expiryYear": 2030}


async def _short_session(world: World) -> Any:
    rules = ShopRules(session_ttl=timedelta(seconds=-1))
    return await Shop(world.shop.client, rules).sessions.issue(world.ada.id)


REFUSALS = (
    Refusal(
        rule="phase-2 9.2: Validate email format at DB layer",
        through=lambda w: w.shop.users.create({"email": "ada@example", "password": PASSWORD}),
        error=ValidationError,
        fields=("email",),
        around=lambda w: w.rows.insert("User", email="ada@example"),
        kept_by="User_email_shape",
    ),
    Refusal(
        rule="phase-2 9.2: Validate dates (expiresAt > createdAt)",
        through=_short_session,
        error=ValidationError,
        fields=("expiresAt",),
        around=lambda w: w.rows.connection.execute(
            'INSERT INTO "UserSession" ("id", "userId", "refreshTokenHash", "familyId", "expiresAt", "updatedAt") '
            "VALUES ('s', $1, repeat('0', 64), 'f', now() - interval '1 s', now())",
            w.ada.id,
        ),
        kept_by="UserSession_expiresAt_after_createdAt",
    ),
    Refusal(
        rule="phase-2 9.2: Validate unique constraints",
        through=lambda w: w.shop.users.create({"email": w.ada.email.upper(), "password": PASSWORD}),
        error=ConflictError,
        fields=("email",),
        around=lambda w: w.rows.insert("User", email=w.ada.email),
        kept_by="User_email_key",
    ),
    Refusal(
        rule="rulings 4: User.status is DELETED exactly when deletedAt is set",
        through=lambda w: w.shop.users.set_status(w.ada.id, "DELETED"),  # type: ignore[arg-type]
        error=ValidationError,
        fields=("status",),
        around=lambda w: w.rows.set("User", w.ada.id, "\"status\" = 'DELETED'"),
        kept_by="User_status_follows_deletedAt",
    ),
    Refusal(
        rule="rulings 7: erasing is after soft delete",
        through=lambda w: erase_user(w.shop, w.ada.id),
        error=ValidationError,
        fields=("deletedAt",),
        around=lambda w: w.rows.connection.execute("SELECT erase_user($1)", w.ada.id),
        kept_by="User_deletedAt_before_erasing",
    ),
    Refusal(
        rule="rulings 8: card numbers are never stored",
        through=lambda w: w.shop.saved_cards.create(
            {**CARD, "userId": w.ada.id, "cardToken": "4242 4242 4242 4242"}
        ),
        error=ValidationError,
        fields=("cardToken",),
        around=lambda w: w.rows.insert("SavedCard", userId=w.ada.id, cardToken="4242 4242 4242 4242"),
        kept_by="SavedCard_cardToken_no_card_number",
    ),
    Refusal(
        rule="rulings 17: passwords are stored as bcrypt hashes only",
        through=lambda w: w.shop.users.create({"email": "eve@example.com", "passwordHash": PASSWORD}),
        error=ValidationError,
        fields=("passwordHash",),
        around=lambda w: w.rows.insert("User", passwordHash=PASSWORD),
        kept_by="User_passwordHash_bcrypt",
    ),
)
