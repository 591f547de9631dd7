"""Derive the ids of seeded rows from what names them, so that every run makes the same ones."""

import hashlib
import string

_ALPHABET = string.digits + string.ascii_lowercase
_DIGITS = 24


def make_id(model: str, *key: object) -> str:
    """Return an id of cuid's shape, `c` and 24 characters, for the row of `model` that `key` names."""
    name = "\x1f".join((model, *map(str, key)))
    number = int.from_bytes(hashlib.sha256(name.encode()).digest())
    digits = []
    for _ in range(_DIGITS):
        number, rest = divmod(number, 36)
        digits.append(_ALPHABET[rest])
    return "c" + "".join(digits)
