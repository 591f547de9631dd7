"""The types of the inputs' fields, in step with the CHECKs of the database (a test compares the two)."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import SecretStr

from lumi_db.money import CENT
from lumi_db.passwords import LONGEST as LONGEST_PASSWORD

from .kinds import LARGEST_WHOLE, Amount, Flag, Instant, Json, Text, Whole

SHORTEST_PASSWORD = 8
MOST_PIECES = 10_000  # of one variant in a cart


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _has_enough_bytes(text: str) -> bool:
    return len(text) >= SHORTEST_PASSWORD and len(text.encode()) <= LONGEST_PASSWORD


def _is_no_card_number(text: str) -> bool:
    return re.fullmatch(r"[0-9 -]{12,}", text) is None


def _holds_no_card_number(text: str) -> bool:
    return re.search(r"[0-9]([ -]?[0-9]){11,}", text) is None


def _lower(text: str) -> str:
    return text.strip().lower()


def _upper(text: str) -> str:
    return text.strip().upper()


def _as_it_is(text: str) -> str:
    return text


_TOKEN = "must be the provider's token, never the card's number"  # noqa: S105 - a sentence
_SLUG = "must be lower-case letters and digits, in words joined by -, such as women-boots"
_PASSWORD = (
    f"must be {SHORTEST_PASSWORD} characters or more and {LONGEST_PASSWORD} bytes or fewer, "
    "of which letters like ş take two"
)

Email = Annotated[
    str,
    Text(
        "must be an e-mail address, such as ada@example.com",
        254,
        r"[^\s@A-Z]+@[^\s@A-Z#.]+(\.[^\s@A-Z#.]+)+",
        prepare=_lower,
    ),
]
Password = Annotated[SecretStr, Text(_PASSWORD, 1_000, prepare=_as_it_is, is_right=_has_enough_bytes)]
PasswordHash = Annotated[
    SecretStr, Text("must be a hash of bcrypt", 60, r"\$2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}")
]
PermissionKey = Annotated[
    str,
    Text("must be domain:action, such as product:publish", 100, r"[a-z][a-z0-9_-]*:([a-z][a-z0-9_-]*|\*)"),
]
Slug = Annotated[str, Text(_SLUG, 200, r"[a-z0-9]+(-[a-z0-9]+)*")]
Sku = Annotated[
    str,
    Text(
        "must be letters, digits and . _ / - between them, such as DRS-01/M",
        100,
        r"[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?",
    ),
]
Code = Annotated[
    str,
    Text("must be letters, digits, - and _, such as SUMMER-25", 100, r"[A-Z0-9][A-Z0-9_-]*", prepare=_upper),
]
Currency = Annotated[str, Text("must be three capitals of ISO 4217, such as TRY", 3, r"[A-Z]{3}")]
Country = Annotated[str, Text("must be two capitals of ISO 3166, such as TR", 2, r"[A-Z]{2}")]
Phone = Annotated[
    str, Text("must be a telephone number, such as +90 532 000 00 00", 32, r"\+?[0-9]([ ()/.-]*[0-9]){4,}")
]
AssetId = Annotated[str, Text("must not hold #", 500, r"[^#]+")]
MimeType = Annotated[
    str,
    Text(
        "must be a media type, such as image/webp",
        127,
        r"[a-z0-9][a-z0-9!$&^_.+-]*/[a-z0-9][a-z0-9!$&^_.+-]*",
    ),
]
Url = Annotated[
    str, Text("must be an address that begins with http:// or https://", 2_048, r"https?://[^\s/?#]+[^\s]*")
]
IpAddress = Annotated[str, Text("must be an IP address", 45, is_right=_is_ip)]
Id = Annotated[str, Text("must be an id", 64)]
Name = Annotated[str, Text("must be a text", 200)]
LongText = Annotated[str, Text("must be a text", 20_000, has_lines=True)]
Html = Annotated[str, Text("must be a text", 1_000_000, has_lines=True, prepare=_as_it_is)]
Key = Annotated[str, Text("must be a text", 255)]
CardToken = Annotated[SecretStr, Text(_TOKEN, 500, is_right=_is_no_card_number)]
CardAlias = Annotated[
    str, Text("must be a name, never the card's number", 100, is_right=_holds_no_card_number)
]
Bin = Annotated[str, Text("must be the first six to eight digits of the card", 8, r"[0-9]{6,8}")]
LastFour = Annotated[str, Text("must be the last four digits of the card", 4, r"[0-9]{4}")]

Money = Annotated[Decimal, Amount(Decimal("0.00"))]
PositiveMoney = Annotated[Decimal, Amount(CENT)]
Count = Annotated[int, Whole(0)]
DisplayOrder = Annotated[int, Whole(-LARGEST_WHOLE)]
Quantity = Annotated[int, Whole(1)]
Pieces = Annotated[int, Whole(1, MOST_PIECES)]
Shift = Annotated[int, Whole(-LARGEST_WHOLE)]
Rating = Annotated[int, Whole(1, 5)]
Month = Annotated[int, Whole(1, 12)]
Year = Annotated[int, Whole(2000, 9999)]
Score = Annotated[int, Whole(0, 100)]
Moment = Annotated[datetime, Instant()]
Truth = Annotated[bool, Flag()]
JsonObject = Annotated[dict[str, Any], Json()]
CardFreeJson = Annotated[dict[str, Any], Json(is_card_free=True)]
