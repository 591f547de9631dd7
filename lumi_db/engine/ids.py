"""Ids that Prisma makes itself: cuid, cuid2, uuid 4 and 7, nanoid, ulid."""

from __future__ import annotations

import hashlib
import itertools
import os
import secrets
import socket
import struct
import time
import uuid
from collections.abc import Callable
from typing import Any

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS = [first + second for first in _BASE36 for second in _BASE36]
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NANOID = "useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict"
_CUID_BLOCK = 36**4


class IdSource:
    """Makes ids. `clock` gives seconds since 1970; tests inject their own."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._counter = itertools.count(secrets.randbelow(_CUID_BLOCK))
        self._host = hashlib.sha256(socket.gethostname().encode()).digest()

    def make(self, function: str, arguments: tuple[Any, ...]) -> str:
        version = arguments[0] if arguments else None
        match function:
            case "cuid":
                return self.cuid2() if version == 2 else self.cuid()
            case "uuid":
                return self.uuid7() if version == 7 else str(uuid.uuid4())
            case "nanoid":
                return nanoid(version or 21)
            case "ulid":
                return self.ulid()
            case _:
                raise ValueError(f"no id function {function}")

    def make_many(self, function: str, arguments: tuple[Any, ...], number: int) -> list[str]:
        """Make `number` ids; of most kinds one after another."""
        if function == "cuid" and arguments[:1] != (2,):
            return self.cuids(number)
        return [self.make(function, arguments) for _ in range(number)]

    def cuid(self) -> str:
        """Return a version 1 cuid: 25 characters that sort roughly by time."""
        return self.cuids(1)[0]

    def cuids(self, number: int) -> list[str]:
        """Return cuids of one instant: their counters and what is drawn by chance differ."""
        beginning = "c" + base36(int(self._clock() * 1000), 8)
        fingerprint = base36((os.getpid() ^ int.from_bytes(self._host[:4])) % _CUID_BLOCK, 4)
        counters, pairs = itertools.islice(self._counter, number), _PAIRS
        chance = iter(struct.unpack(f"{4 * number}H", os.urandom(8 * number)))
        return [
            f"{beginning}{pairs[n // 1296 % 1296]}{pairs[n % 1296]}{fingerprint}"
            f"{pairs[a % 1296]}{pairs[b % 1296]}{pairs[c % 1296]}{pairs[d % 1296]}"
            for n, a, b, c, d in zip(counters, chance, chance, chance, chance, strict=False)
        ]

    def cuid2(self) -> str:
        """Return a cuid2: a letter and 23 characters of a hash over time, counter and randomness."""
        salt = secrets.token_bytes(32) + self._host
        seed = f"{self._clock()}{next(self._counter)}".encode() + salt
        number = int.from_bytes(hashlib.sha3_512(seed).digest()) % 36**23
        return secrets.choice(_BASE36[10:]) + base36(number, 23)

    def uuid7(self) -> str:
        """Return a version 7 UUID (RFC 9562): milliseconds first, then randomness."""
        millis = int(self._clock() * 1000).to_bytes(6)
        body = bytearray(millis + secrets.token_bytes(10))
        body[6] = 0x70 | (body[6] & 0x0F)
        body[8] = 0x80 | (body[8] & 0x3F)
        return str(uuid.UUID(bytes=bytes(body)))

    def ulid(self) -> str:
        """Return a ULID: 48 bits of milliseconds and 80 random bits in Crockford's base 32."""
        number = (int(self._clock() * 1000) << 80) | secrets.randbits(80)
        return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def nanoid(size: int) -> str:
    """Return `size` characters of the nanoid alphabet."""
    return "".join(_NANOID[byte & 63] for byte in secrets.token_bytes(size))


def base36(number: int, width: int) -> str:
    """Write a number in base 36, padded with zeros to `width`."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _BASE36[rest] + digits
    return digits.rjust(width, "0")
