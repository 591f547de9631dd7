"""What the factories draw by chance: realistic, unique where it must be, the same again for the same seed."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import TypeVar

from faker import Faker

T = TypeVar("T")

_LETTERS = string.digits + string.ascii_lowercase
_TURKISH = str.maketrans("çğıöşüâîûÇĞİIÖŞÜÂÎÛ", "cgiosuaiucgiiosuaiu")


class Chance:
    """One source of chance for all factories. Unseeded it differs in every process."""

    random: Random
    faker: Faker
    _run: str
    _numbers: Iterator[int]

    def __init__(self) -> None:
        self.random, self.faker = Random(), Faker("tr_TR")
        self.seed(self.random.getrandbits(64))

    def seed(self, seed: int) -> None:
        self.random.seed(seed)
        self.faker.seed_instance(seed)
        # Two processes may write into one database, so what is unique has letters of its process in it.
        self._run, self._numbers = self.letters(5), count(1)

    def letters(self, length: int) -> str:
        return "".join(self.random.choices(_LETTERS, k=length))

    def digits(self, length: int) -> str:
        return "".join(self.random.choices(string.digits, k=length))

    def pick(self, options: tuple[T, ...]) -> T:
        return self.random.choice(options)

    def mark(self) -> str:
        """Return a short text that is used once: letters of this run, and a number."""
        return f"{self._run}{next(self._numbers)}"

    def slug(self, text: str) -> str:
        """Return an address made of a text's words, used once."""
        words = re.findall("[a-z0-9]+", text.translate(_TURKISH).lower())
        return "-".join([*words, self.mark()])

    def make_id(self) -> str:
        """Return an id of cuid's shape."""
        return "c" + self.letters(24)

    def hash(self) -> str:
        """Return 64 hexadecimal digits."""
        return f"{self.random.getrandbits(256):064x}"

    def phone(self) -> str:
        """Return a telephone number with a prefix that nobody has."""
        return f"+90500{self.digits(7)}"

    def ip_address(self) -> str:
        """Return an address of a network that is kept for documentation (RFC 5737)."""
        return f"203.0.113.{self.random.randint(1, 254)}"


CHANCE = Chance()


def now() -> datetime:
    """Return this instant in milliseconds, as the database keeps it."""
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)
