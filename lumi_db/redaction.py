"""Which fields of the models are secret, and how models are kept from showing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from pydantic import BaseModel

MASK = "***"

SECRET_FIELDS: Mapping[str, frozenset[str]] = {
    "User": frozenset({"passwordHash", "twoFactorSecret"}),
    "UserSession": frozenset({"refreshTokenHash", "fingerprint"}),
    "SecurityEvent": frozenset({"payload"}),
    "Cart": frozenset({"sessionId"}),
    "Order": frozenset({"idempotencyKey", "idempotencyHash"}),
    "Payment": frozenset({"cardToken", "threeDSHtmlContent", "rawPayload", "idempotencyKey"}),
    "PaymentRefund": frozenset({"idempotencyKey"}),
    "SavedCard": frozenset({"cardToken"}),
}
"""Model → fields that `repr`, `str` and rich show as `***`: who knows one could act as someone else, or it
holds what a provider sent, unread."""

HARMLESS_FIELDS: Mapping[str, frozenset[str]] = {
    "Permission": frozenset({"key"}),
    "Product": frozenset({"searchKeywords"}),
}
"""Fields whose names look secret and that are not. A test wants every such field in one of the two tables."""


def hide_inputs(compat: ModuleType) -> None:
    """Let the models that are made after this leave values out of pydantic's `ValidationError`."""
    make_config = compat.ConfigDict

    def config_without_inputs(**config: Any) -> Any:
        return make_config(**config, hide_input_in_errors=True)

    # `bases.py` makes the configuration of all models by this name.
    compat.ConfigDict = config_without_inputs  # type: ignore[attr-defined]


def hide_secrets(base: type[BaseModel], models: Iterable[type[BaseModel]]) -> None:
    """Let `base` and all models made from it show `***` for secret fields."""
    shown_as_before = base.__repr_args__

    def repr_args(self: BaseModel) -> Iterable[tuple[str | None, Any]]:
        secrets = SECRET_FIELDS.get(getattr(self, "__prisma_model__", ""), frozenset())
        for name, value in shown_as_before(self):
            yield name, MASK if name in secrets and value is not None else value

    base.__repr_args__ = repr_args  # type: ignore[method-assign]
    for model in models:
        # Only where someone imported the generated package before lumi_db did.
        if not model.model_config.get("hide_input_in_errors"):
            model.model_config["hide_input_in_errors"] = True
            model.model_rebuild(force=True)
