"""Say who the customer of a number is: names and streets of the demo's people, put together anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from seed.data.customers import CUSTOMERS, ascii_lower
from seed.moments import AS_OF

# Customers join one after the other, the last some days before the fixed day.
_FIRST = AS_OF - timedelta(days=262)
_JOINING = timedelta(days=255)
_SETTLING_IN = timedelta(days=1)
_NAMES = len(CUSTOMERS)


@dataclass(frozen=True, slots=True)
class Person:
    """Describe a customer."""

    number: int
    first: str
    last: str
    email: str
    phone: str
    ip: str
    address: dict[str, str]


@lru_cache(maxsize=4_096)
def person_of(number: int) -> Person:
    """Return the customer of a number."""
    one, other = CUSTOMERS[number % _NAMES], CUSTOMERS[number // _NAMES % _NAMES]
    home = CUSTOMERS[number * 7 % _NAMES]
    phone = f"+90500{number % 10_000_000:07}"
    address = {
        "label": "Ev",
        "fullName": f"{one.first} {other.last}",
        "phone": phone,
        "line1": home.line1,
        "line2": f"Daire {number % 40 + 1}",
        "city": home.city,
        "state": home.district,
        "postalCode": home.postal,
        "country": "TR",
    }
    email = f"{ascii_lower(one.first)}.{ascii_lower(other.last)}.{number}@example.com"
    return Person(number, one.first, other.last, email, phone, f"203.0.113.{number % 254 + 1}", address)


def joined(number: int, customers: int) -> datetime:
    """Return when the customer of a number joined a shop that has so many."""
    return _FIRST + _JOINING * number / customers


def count_known(moment: datetime, customers: int) -> int:
    """Count those who may order at a moment: they joined a day ago. There is always one."""
    return max(1, min(customers, int(customers * ((moment - _SETTLING_IN - _FIRST) / _JOINING))))
