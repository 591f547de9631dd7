"""Inputs of accounts: users, roles, permissions, addresses."""

from __future__ import annotations

from .base import Changes, Input
from .fields import Country, Email, Id, LongText, Name, Password, PasswordHash, PermissionKey, Phone, Truth


class UserCreate(Input):
    """What a person gives to register. The password is no field of the row: `data()` leaves it out."""

    entity = "User"

    email: Email
    password: Password
    firstName: Name | None = None
    lastName: Name | None = None
    phone: Phone | None = None


class UserImport(Input):
    """A user whose password was hashed elsewhere: for code that moves accounts, never for who registers."""

    entity = "User"

    email: Email
    passwordHash: PasswordHash
    firstName: Name | None = None
    lastName: Name | None = None
    phone: Phone | None = None


class UserUpdate(Changes):
    """A person's profile. E-mail address, password and status have operations of their own."""

    entity = "User"

    firstName: Name | None = None
    lastName: Name | None = None
    phone: Phone | None = None


class RoleCreate(Input):
    """A named set of permissions."""

    entity = "Role"

    name: Name
    description: LongText | None = None


class RoleUpdate(Changes):
    """Changes of a role."""

    entity = "Role"

    name: Name | None = None
    description: LongText | None = None


class PermissionCreate(Input):
    """One thing that can be allowed."""

    entity = "Permission"

    key: PermissionKey
    description: LongText | None = None


class PermissionUpdate(Changes):
    """Changes of a permission; programs ask for it by its key, which stays."""

    entity = "Permission"

    description: LongText | None = None


class AddressCreate(Input):
    """A place that a user has parcels or invoices sent to; the first one becomes the default."""

    entity = "Address"

    userId: Id
    label: Name | None = None
    fullName: Name
    phone: Phone | None = None
    line1: Name
    line2: Name | None = None
    city: Name
    state: Name | None = None
    postalCode: Name | None = None
    country: Country = "TR"
    isDefault: Truth = False


class AddressUpdate(Changes):
    """Changes of an address; it stays its user's."""

    entity = "Address"

    label: Name | None = None
    fullName: Name | None = None
    phone: Phone | None = None
    line1: Name | None = None
    line2: Name | None = None
    city: Name | None = None
    state: Name | None = None
    postalCode: Name | None = None
    country: Country | None = None
    isDefault: Truth | None = None
