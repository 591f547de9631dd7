"""Choose and hash the administrator's password."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import Executor
from dataclasses import dataclass

from pydantic import SecretStr

from lumi_db.passwords import LONGEST, hash_now
from seed.errors import PasswordTooLong

_RANDOM_BYTES = 15


@dataclass(frozen=True, slots=True)
class Password:
    """Hold a password and whether it was made up here, so that it must be shown."""

    secret: SecretStr
    is_generated: bool


def choose_password(given: SecretStr | None) -> Password:
    """Return the given password, or make one up. Raises `PasswordTooLong`."""
    if given is None:
        return Password(SecretStr(secrets.token_urlsafe(_RANDOM_BYTES)), is_generated=True)
    if len(given.get_secret_value().encode()) > LONGEST:
        raise PasswordTooLong(
            f"LUMI_ADMIN_PASSWORD is longer than the {LONGEST} bytes that bcrypt reads: shorten it."
        )
    return Password(given, is_generated=False)


def start_hashing(password: Password, executor: Executor | None = None) -> asyncio.Future[str]:
    """Begin to hash in a thread, a quarter of a second of work, and return at once."""
    return asyncio.get_running_loop().run_in_executor(executor, _hash, password.secret)


def _hash(secret: SecretStr) -> str:
    return hash_now(secret.get_secret_value().encode())
