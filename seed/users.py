"""Make the staff and the customers with their roles, addresses and saved cards."""

from __future__ import annotations

from datetime import timedelta

from seed.access import give_role, permission_id
from seed.cards import card_of, token_of
from seed.data.customers import (
    DEMO_PASSWORD_HASH,
    LOCKED_PASSWORD_HASH,
    STAFF,
    Customer,
    Employee,
)
from seed.ids import make_id
from seed.moments import AS_OF, OPENING, at
from seed.people import address_id, phone_of, user_id
from seed.schema import enums, inputs
from seed.stage import LOCKED_OUT, SUSPENDED, UNVERIFIED, Stage
from seed.tables import Part, Table


def users_part(stage: Stage) -> Part:
    """Make everyone but the administrator."""
    accounts = [_employee(person) for person in STAFF] + [_customer(person) for person in stage.customers]
    roles = [give_role(person.email, "staff") for person in STAFF]
    roles += [give_role(person.email, "customer") for person in stage.customers]
    return Part(
        "users",
        (
            Table("user", accounts),
            Table("userrole", roles),
            Table("userpermission", _extra_permissions()),
            Table("address", _addresses(stage)),
            Table("savedcard", [_saved_card(person) for person in card_savers(stage)]),
        ),
    )


def card_savers(stage: Stage) -> list[Customer]:
    """List the customers who keep a card: those who order often."""
    return [customer for customer in stage.customers if customer.loyalty >= 6]


def _employee(person: Employee) -> inputs.UserCreateWithoutRelationsInput:
    return {
        "id": user_id(person.email),
        "email": person.email,
        "passwordHash": LOCKED_PASSWORD_HASH,
        "firstName": person.first,
        "lastName": person.last,
        "emailVerified": True,
        "emailVerifiedAt": OPENING,
        "createdAt": OPENING,
        "updatedAt": OPENING,
    }


def _customer(person: Customer) -> inputs.UserCreateWithoutRelationsInput:
    joined = at(person.joined, 20, 15)
    is_verified = person.email != UNVERIFIED
    is_locked = person.email == LOCKED_OUT
    is_suspended = person.email == SUSPENDED
    return {
        "id": user_id(person.email),
        "email": person.email,
        "passwordHash": DEMO_PASSWORD_HASH,
        "firstName": person.first,
        "lastName": person.last,
        "phone": phone_of(person.email),
        "emailVerified": is_verified,
        "emailVerifiedAt": joined + timedelta(minutes=4) if is_verified else None,
        "failedLoginCount": 5 if is_locked else 0,
        "lockoutUntil": AS_OF + timedelta(minutes=10) if is_locked else None,
        "status": enums.UserStatus.SUSPENDED if is_suspended else enums.UserStatus.ACTIVE,
        "createdAt": joined,
        "updatedAt": joined + timedelta(minutes=4) if is_verified else joined,
    }


def _extra_permissions() -> list[inputs.UserPermissionCreateWithoutRelationsInput]:
    return [
        {
            "userId": user_id(person.email),
            "permissionId": permission_id(key),
            "assignedAt": OPENING,
            "createdAt": OPENING,
            "updatedAt": OPENING,
        }
        for person in STAFF
        for key in person.extra
    ]


def _addresses(stage: Stage) -> list[inputs.AddressCreateWithoutRelationsInput]:
    homes = [_address(customer, "Ev", customer.line1, customer.line2) for customer in stage.customers]
    works = [
        _address(customer, "İş", "Büyükdere Cad. No: 201", "Kat 12, resepsiyona bırakın")
        for customer in stage.customers
        if customer.city == "İstanbul" and customer.loyalty >= 7
    ]
    return homes + works


def _address(
    customer: Customer, label: str, line1: str, line2: str
) -> inputs.AddressCreateWithoutRelationsInput:
    is_home = label == "Ev"
    joined = at(customer.joined, 20, 22)
    return {
        "id": address_id(customer, label),
        "userId": user_id(customer.email),
        "label": label,
        "fullName": f"{customer.first} {customer.last}",
        "phone": phone_of(customer.email),
        "line1": line1,
        "line2": line2,
        "city": customer.city,
        "state": customer.district if is_home else "Şişli",
        "postalCode": customer.postal if is_home else "34394",
        "country": "TR",
        "isDefault": is_home,
        "createdAt": joined,
        "updatedAt": joined,
    }


def _saved_card(customer: Customer) -> inputs.SavedCardCreateWithoutRelationsInput:
    card = card_of(customer.email)
    saved = at(customer.joined, 20, 40)
    return {
        "id": make_id("SavedCard", customer.email),
        "userId": user_id(customer.email),
        "cardToken": token_of(customer.email),
        "cardAlias": f"{card.bank} {card.family}",
        "binNumber": card.bin,
        "lastFourDigits": card.last_four,
        "cardType": card.type,
        "cardAssociation": card.association,
        "cardFamily": card.family,
        "cardBankName": card.bank,
        "cardHolderName": f"{customer.first} {customer.last}",
        "expiryMonth": 1 + len(customer.first + customer.last) % 12,
        "expiryYear": 2029,
        "isDefault": True,
        "createdAt": saved,
        "updatedAt": saved,
    }
