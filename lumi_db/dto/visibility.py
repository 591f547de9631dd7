"""Which fields of the models never leave the API: the secret ones, and what only the shop's own code works with."""

from __future__ import annotations

from collections.abc import Mapping

from lumi_db.redaction import SECRET_FIELDS

INTERNAL_FIELDS: Mapping[str, frozenset[str]] = {
    "User": frozenset({"failedLoginCount", "lockoutUntil"}),
    "UserSession": frozenset({"familyId"}),
    "Order": frozenset({"metadata"}),
    "OrderItem": frozenset({"quantityReserved"}),
    "Payment": frozenset({"conversationId", "deviceId", "fraudScore", "ipAddress", "riskFlags"}),
    "PaymentRefund": frozenset({"metadata"}),
    "AuditLog": frozenset({"before", "after"}),
}
"""Model → fields that are no secret and no reader's business; who works in the shop asks the repositories."""


def hidden_fields(model: str) -> frozenset[str]:
    """Return the fields of a model that no answer has."""
    return SECRET_FIELDS.get(model, frozenset()) | INTERNAL_FIELDS.get(model, frozenset())
