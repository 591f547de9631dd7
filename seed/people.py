"""Say who the shop's people are beyond their names: ids, telephone numbers, where they go online."""

from functools import cache
from random import Random

from seed.data.customers import Customer
from seed.ids import make_id

BROWSERS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_6) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
)


def user_id(email: str) -> str:
    """Return the id of the account with this address."""
    return make_id("User", email)


def address_id(customer: Customer, label: str = "Ev") -> str:
    """Return the id of a customer's address."""
    return make_id("Address", customer.email, label)


@cache
def phone_of(email: str) -> str:
    """Return a telephone number with a prefix nobody has."""
    return f"+90500{Random(f'phone {email}').randrange(10_000_000):07}"


@cache
def ip_of(email: str) -> str:
    """Return an address of a network kept for documentation (RFC 5737)."""
    return f"203.0.113.{Random(f'ip {email}').randrange(1, 255)}"


@cache
def browser_of(email: str) -> str:
    """Return the browser someone uses."""
    return Random(f"browser {email}").choice(BROWSERS)


def address_snapshot(customer: Customer) -> dict[str, str]:
    """Return the address an order keeps, as it was when the order was placed."""
    return {
        "label": "Ev",
        "fullName": f"{customer.first} {customer.last}",
        "phone": phone_of(customer.email),
        "line1": customer.line1,
        "line2": customer.line2,
        "city": customer.city,
        "state": customer.district,
        "postalCode": customer.postal,
        "country": "TR",
    }
