"""What checks, triggers and indexes over some rows do, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lumi_db.translation import find_rule_words

from .catalogue import Check, Trigger

_DOES: Mapping[str, str] = {
    "free_unique_values": "while `deletedAt` is set, {fields} {verb} `<value>#<id>`: a new row can have the value",
    "restore_unique_values": "a restore takes `#<id>` off {fields}; a live row with that value is in the way (23505)",
    "refuse_soft_delete": "refuses a soft delete while {live}rows of {0} point here with `{1}`",
    "refuse_deleted_parent": "a live row does not point at a soft-deleted {0}",
    "user_status_follows_deleted_at": "a soft delete makes `status` DELETED, a restore ACTIVE or what it writes",
    "user_soft_delete_reach": "a soft delete revokes the user's sessions",
    "product_soft_delete_reach": "a soft delete takes the live variants and reviews along; a restore brings back "
    "those of its very instant",
    "category_lock_tree": "moves and renames wait for each other: two at once could make a cycle that neither sees",
    "category_set_path": "works out `path` and `level` from slug and parent; what is written to them is replaced",
    "category_move_children": "`path` and `level` of everything below follow",
    "category_refuse_cycle": "no category is its own ancestor",
    "inventory_mirror_stock": "`ProductVariant.stock` becomes `quantityAvailable`, and 0 without an inventory",
    "product_variant_guard_stock": "`stock` is not written where there is an inventory: that is changed instead",
    "order_refuse_status": "PENDING → PAID → FULFILLED → SHIPPED → DELIVERED by one step; the first three → CANCELLED",
    "order_keep_user": "an order has a user, until that user is purged",
    "product_refuse_no_primary_variant": "a live ACTIVE product has a live primary variant",
    "payment_refuse_other_amount": "`amount` and `currency` of a payment are the total and the currency of its order",
    "payment_refuse_refunds_above": "refunds that have not failed never exceed their payment, and have its currency",
    "audit_log_refuse_change": "no UPDATE and no DELETE, but for the purge that sets `userId` to null and the "
    "values that `erase_user` empties",
}
_AUDITS: Mapping[str, str] = {
    "Inventory_audit": "writes the new or deleted stock into the audit log",
    "Inventory_audit_adjustment": "writes what people correct into the audit log, not what orders do",
    "Review_audit": "writes a real delete into the audit log",
    "Review_audit_moderation": "writes a moderator's decision, a soft delete and a restore into the audit log",
}
AUDIT = "audit_write"
ON_ALL = frozenset({"refuse_created_at_change", "refuse_created_at_in_future"})
"""Functions whose triggers every table has; docs/schema.md tells of them once."""

AT_MOST_ONE: Mapping[str, str] = {
    "ProductVariant_productId_primary_key": "one live primary variant a product",
    "ProductCategory_productId_primary_key": "one primary category a product",
    "ProductMedia_productId_primary_key": "one primary picture a product",
    "VariantMedia_variantId_primary_key": "one primary picture a variant",
    "Address_userId_default_key": "one default address a user",
    "SavedCard_userId_default_key": "one default card a user",
    "Cart_userId_active_key": "one ACTIVE cart a user",
    "Cart_sessionId_active_key": "one ACTIVE cart a guest's session",
}
_STATES = {
    "check_violation": "23514",
    "restrict_violation": "23001",
    "foreign_key_violation": "23503",
}
_RAISED = re.compile(r"ERRCODE = '(\w+)'.*?CONSTRAINT = ([^;]+);", re.DOTALL)


def check_words(check: Check) -> str:
    """Return what a check wants, the sentence that errors use. Raises LookupError where there is none."""
    words = find_rule_words(check.name)
    if words is None:
        raise LookupError(f"The check {check.name} has no words: add them to lumi_db/translation.py.")
    return f"`{check.name.split('_', 2)[1]}` {words}"


def trigger_words(trigger: Trigger) -> str:
    """Return what a trigger does, and the error that it raises. Raises LookupError where nobody said it."""
    words = _AUDITS.get(trigger.name) if trigger.function == AUDIT else _DOES.get(trigger.function)
    if words is None:
        raise LookupError(
            f"The trigger {trigger.name} has no words: add {trigger.function} to tools/schema_pages/words.py."
        )
    fields = " and ".join(f"`{name}`" for name in trigger.arguments)
    verb = "holds" if len(trigger.arguments) == 1 else "hold"
    live = "live " if "deletedAt" in " ".join(trigger.arguments) else ""
    said = words.format(*trigger.arguments, fields=fields, verb=verb, live=live)
    return f"{said}{_raised(trigger)}"


def trigger_events(trigger: Trigger) -> str:
    """Return when a trigger runs: `before insert, update of ...`, and whether it waits for the commit."""
    said = ", ".join(_event(event) for event in trigger.events)
    end = "; judged at commit" if trigger.is_deferred else ""
    return f"{'before' if trigger.is_before else 'after'} {said}{end}"


def is_whole_audit(trigger: Trigger) -> bool:
    """Whether a trigger writes every insert, update and delete into the audit log."""
    return trigger.function == AUDIT and trigger.events == ("INSERT", "UPDATE", "DELETE")


def _event(event: str) -> str:
    verb, _, columns = event.partition(" OF ")
    names = ", ".join(f"`{column}`" for column in columns.replace('"', "").split(", "))
    return f"{verb.lower()} of {names}" if columns else verb.lower()


def errors_of(trigger: Trigger) -> dict[str, str]:
    """Return what a trigger raises: the constraint that the error names → its SQLSTATE."""
    return {
        _constraint(expression, trigger): _STATES[state]
        for state, expression in _RAISED.findall(trigger.source)
    }


def _raised(trigger: Trigger) -> str:
    errors = errors_of(trigger)
    states = ", ".join(dict.fromkeys(errors.values()))
    names = "" if list(errors) == [trigger.name] else f" as {', '.join(f'`{name}`' for name in errors)}"
    return f"; raises {states}{names}" if errors else ""


def _constraint(expression: str, trigger: Trigger) -> str:
    """Work out `TG_ARGV[0] || '_' || TG_ARGV[1] || '_fkey'` for a trigger."""
    known = {"TG_NAME": trigger.name, "TG_TABLE_NAME": trigger.table} | {
        f"TG_ARGV[{place}]": value for place, value in enumerate(trigger.arguments)
    }
    return "".join(known.get(part.strip(), part.strip().strip("'")) for part in expression.split("||"))
