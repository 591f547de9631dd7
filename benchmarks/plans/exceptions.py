"""Methods of repositories that have no plan of their own, and why."""

from __future__ import annotations

BASE = "it is every repository's: its keys, filters and sorts are named where they are asked for"
BY_KEY = "it finds its rows by the primary key or a unique one, and writes"
LOCKED = "it locks and reads what others do that are named: the cart, the user, the order, the stock"
LINKS = "it changes a list as `set_media` and `add_products` do"
NOTHING = "it reads nothing"

EXCEPTIONS = {
    **dict.fromkeys(("get", "find", "list_", "page", "cursor_page", "exists", "count"), BASE),
    **dict.fromkeys(
        ("create", "create_many", "update", "upsert", "delete", "restore", "purge", "move"), BY_KEY
    ),
    **dict.fromkeys(("append", "with_hash"), NOTHING),
    **dict.fromkeys(("add_item", "update_item", "remove_item", "set_primary_variant", "archive"), LOCKED),
    **dict.fromkeys(("receive", "adjust", "release", "commit", "lock", "set_status", "redeem"), LOCKED),
    **dict.fromkeys(
        ("record", "authorise", "settle", "fail", "refund", "moderate", "vote", "reorder"), LOCKED
    ),
    **dict.fromkeys(("issue", "rotate", "revoke", "set_default", "allow", "disallow"), LOCKED),
    **dict.fromkeys(
        ("verify_password", "record_second_factor", "unlock", "change_password", "verify_email"), LOCKED
    ),
    **dict.fromkeys(("change_email", "enable_two_factor", "disable_two_factor"), LOCKED),
    **dict.fromkeys(("assign_role", "revoke_role", "grant_permission", "revoke_permission"), LOCKED),
    **dict.fromkeys(("set_media", "add_media", "reorder_media", "remove_media"), LINKS),
    **dict.fromkeys(("set_products", "add_products", "reorder_products", "remove_products"), LINKS),
    **dict.fromkeys(("set_categories", "add_categories", "remove_categories"), LINKS),
}
"""Name of a method → why no read of it is listed, in whichever repository it is."""
