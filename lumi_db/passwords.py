"""Passwords: bcrypt, off the event loop, and never cut (rulings, data model 17)."""

from __future__ import annotations

import asyncio

import bcrypt
from pydantic import SecretStr

from lumi_db.errors import ValidationError

COST = 12
LONGEST = 72  # bytes; bcrypt reads no more


async def hash_password(password: str | SecretStr, *, cost: int = COST) -> str:
    """Return the bcrypt hash of a new password; a quarter of a second of a thread's work at cost 12.

    Raises ValidationError for a password that is empty or longer than 72 bytes.
    """
    checked = check_password(password)
    if not checked:
        raise _refused("password must not be empty: choose one.")
    return await asyncio.to_thread(hash_now, checked, cost=cost)


async def verify_password(password: str | SecretStr, password_hash: str) -> bool:
    """Tell whether a password belongs to a hash. Raises ValidationError for one of more than 72 bytes."""
    return await asyncio.to_thread(_matches, check_password(password), password_hash)


def check_password(password: str | SecretStr) -> bytes:
    """Return what bcrypt reads. Raises ValidationError for what is no text and for more than 72 bytes."""
    text = password.get_secret_value() if isinstance(password, SecretStr) else password
    if not isinstance(text, str):
        raise _refused("password must be a text.")
    try:
        read = text.encode()
    except UnicodeEncodeError:
        raise _refused("password must be a text without halves of characters.") from None
    if len(read) > LONGEST:
        raise _refused(
            f"password must not be longer than {LONGEST} bytes, of which letters like ş take two: shorten it."
        )
    return read


def hash_now(password: bytes, *, cost: int = COST) -> str:
    """Do the work of `hash_password` in the calling thread."""
    return bcrypt.hashpw(password, bcrypt.gensalt(cost)).decode()


def dummy_hash(cost: int = COST) -> str:
    """Return a hash that belongs to no password and takes as long to verify as a true one."""
    return f"$2b${cost:02}${'.' * 53}"


def _matches(password: bytes, password_hash: str) -> bool:
    try:
        return bcrypt.checkpw(password, password_hash.encode())
    except ValueError:  # a hash that bcrypt cannot have made belongs to no password
        return False


def _refused(message: str) -> ValidationError:
    return ValidationError(message, entity="User", fields=("password",))
