"""Make the rows of the customers of a block: accounts, roles, addresses, cards, sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

from seed.access import role_id
from seed.bulk.block import Block
from seed.bulk.crowd import Person, joined, person_of
from seed.bulk.world import World
from seed.cards import CARDS
from seed.data.customers import DEMO_PASSWORD_HASH
from seed.moments import AS_OF
from seed.people import BROWSERS
from seed.schema import as_json, enums
from seed.tables import Part, Row

_SUSPENDED, _UNVERIFIED = 97, 41
_LIFETIME = timedelta(days=30)
_MINUTE = timedelta(minutes=1)


def users_part(world: World, numbers: range) -> Part:
    """Make the customers of some numbers."""
    block = Block(world, numbers)
    people = [person_of(number) for number in numbers]
    savers = [person for person in people if person.number % 5 == 0]
    return Part(
        "users",
        (
            block.table("user", "user", (_user(world, person) for person in people)),
            block.table("userrole", "user", (_role(world, person) for person in people), field="userId"),
            block.table("address", "addr", (_address(world, person) for person in people)),
            block.table("savedcard", "card", (_card(world, person) for person in savers)),
        ),
    )


def security_part(world: World, numbers: range) -> Part:
    """Make the sessions of every fourth customer, and the events that began them."""
    block = Block(world, numbers)
    people: Iterable[Person] = [person_of(number) for number in numbers if number % 4 == 0]
    return Part(
        "security",
        (
            block.table("usersession", "sess", [_session(world, person) for person in people]),
            block.table("securityevent", "evnt", [_login(world, person) for person in people]),
        ),
    )


def _user(world: World, person: Person) -> Row:
    since = joined(person.number, world.size.customers)
    is_verified = person.number % _UNVERIFIED != _UNVERIFIED - 1
    is_suspended = person.number % _SUSPENDED == _SUSPENDED - 1
    return {
        "id": world.id("user", person.number),
        "email": person.email,
        "passwordHash": DEMO_PASSWORD_HASH,
        "firstName": person.first,
        "lastName": person.last,
        "phone": person.phone,
        "emailVerified": is_verified,
        "emailVerifiedAt": since + 4 * _MINUTE if is_verified else None,
        "status": enums.UserStatus.SUSPENDED if is_suspended else enums.UserStatus.ACTIVE,
        "createdAt": since,
        "updatedAt": since + 4 * _MINUTE,
    }


def _role(world: World, person: Person) -> Row:
    since = joined(person.number, world.size.customers)
    return {
        "userId": world.id("user", person.number),
        "roleId": role_id("customer"),
        "assignedAt": since,
        "createdAt": since,
        "updatedAt": since,
    }


def _address(world: World, person: Person) -> Row:
    since = joined(person.number, world.size.customers) + 7 * _MINUTE
    return {
        **person.address,
        "id": world.id("addr", person.number),
        "userId": world.id("user", person.number),
        "isDefault": True,
        "createdAt": since,
        "updatedAt": since,
    }


def _card(world: World, person: Person) -> Row:
    card = CARDS[person.number % len(CARDS)]
    since = joined(person.number, world.size.customers) + 25 * _MINUTE
    return {
        "id": world.id("card", person.number),
        "userId": world.id("user", person.number),
        "cardToken": f"tok_{world.id('card', person.number)}",
        "cardAlias": f"{card.bank} {card.family}",
        "binNumber": card.bin,
        "lastFourDigits": card.last_four,
        "cardType": card.type,
        "cardAssociation": card.association,
        "cardFamily": card.family,
        "cardBankName": card.bank,
        "cardHolderName": f"{person.first} {person.last}",
        "expiryMonth": person.number % 12 + 1,
        "expiryYear": 2029,
        "isDefault": True,
        "createdAt": since,
        "updatedAt": since,
    }


def _session(world: World, person: Person) -> Row:
    since = AS_OF - (10 + person.number % 9_000) * _MINUTE
    # Digits like a SHA-256 of which nobody knows the token: they come of another hash.
    secret = hashlib.blake2b(world.id("sess", person.number).encode(), digest_size=32).hexdigest()
    return {
        "id": world.id("sess", person.number),
        "userId": world.id("user", person.number),
        "refreshTokenHash": secret,
        "familyId": world.id("fami", person.number),
        "ipAddress": person.ip,
        "userAgent": BROWSERS[person.number % len(BROWSERS)],
        "expiresAt": since + _LIFETIME,
        "createdAt": since,
        "updatedAt": since,
    }


def _login(world: World, person: Person) -> Row:
    since = AS_OF - (10 + person.number % 9_000) * _MINUTE
    return {
        "id": world.id("evnt", person.number),
        "userId": world.id("user", person.number),
        "type": enums.SecurityEventType.LOGIN_SUCCEEDED,
        "ipAddress": person.ip,
        "userAgent": BROWSERS[person.number % len(BROWSERS)],
        "payload": as_json({}),
        "createdAt": since,
        "updatedAt": since,
    }
