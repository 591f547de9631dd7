"""Answers about users, roles, permissions, sessions, addresses; to and from rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from lumi_db.dto.accounts import AddressUpdate, PermissionUpdate, RoleUpdate, UserUpdate
from lumi_db.dto.row import is_row
from lumi_db.dto.rows.accounts import (
    AddressRow,
    PermissionRow,
    RolePermissionRow,
    RoleRow,
    UserPermissionRow,
    UserRoleRow,
    UserRow,
    UserSessionRow,
)

if TYPE_CHECKING:
    from lumi_db.types import (
        Address,
        Permission,
        Role,
        RolePermission,
        User,
        UserPermission,
        UserRole,
        UserSession,
    )


class PermissionResponse(PermissionRow):
    """One thing that can be allowed."""


class RolePermissionResponse(RolePermissionRow):
    """A permission that a role has."""

    permission: PermissionResponse | None = None


class RoleResponse(RoleRow):
    """A named set of permissions."""

    permissions: list[RolePermissionResponse] | None = None


class UserRoleResponse(UserRoleRow):
    """A role that a user has."""

    role: RoleResponse | None = None


class UserPermissionResponse(UserPermissionRow):
    """A permission that a user has beside those of the roles."""

    permission: PermissionResponse | None = None


class AddressResponse(AddressRow):
    """Where parcels or invoices are sent."""


class SessionResponse(UserSessionRow):
    """A signed-in device, without its token."""


class UserResponse(UserRow):
    """A person with an account, without password and second factor."""

    roles: list[UserRoleResponse] | None = None
    permissions: list[UserPermissionResponse] | None = None
    addresses: list[AddressResponse] | None = None


def to_permission_response(row: Permission) -> PermissionResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return PermissionResponse.of(row)


def to_permission_update(answer: PermissionResponse) -> PermissionUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(PermissionUpdate)


def is_permission(value: object) -> TypeGuard[Permission]:
    """Tell whether a value is a row of Permission."""
    return is_row(value, "Permission")


def to_role_permission_response(row: RolePermission) -> RolePermissionResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return RolePermissionResponse.of(row)


def is_role_permission(value: object) -> TypeGuard[RolePermission]:
    """Tell whether a value is a row of RolePermission."""
    return is_row(value, "RolePermission")


def to_role_response(row: Role) -> RoleResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return RoleResponse.of(row)


def to_role_update(answer: RoleResponse) -> RoleUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(RoleUpdate)


def is_role(value: object) -> TypeGuard[Role]:
    """Tell whether a value is a row of Role."""
    return is_row(value, "Role")


def to_user_role_response(row: UserRole) -> UserRoleResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return UserRoleResponse.of(row)


def is_user_role(value: object) -> TypeGuard[UserRole]:
    """Tell whether a value is a row of UserRole."""
    return is_row(value, "UserRole")


def to_user_permission_response(row: UserPermission) -> UserPermissionResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return UserPermissionResponse.of(row)


def is_user_permission(value: object) -> TypeGuard[UserPermission]:
    """Tell whether a value is a row of UserPermission."""
    return is_row(value, "UserPermission")


def to_address_response(row: Address) -> AddressResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return AddressResponse.of(row)


def to_address_update(answer: AddressResponse) -> AddressUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(AddressUpdate)


def is_address(value: object) -> TypeGuard[Address]:
    """Tell whether a value is a row of Address."""
    return is_row(value, "Address")


def to_session_response(row: UserSession) -> SessionResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return SessionResponse.of(row)


def is_session(value: object) -> TypeGuard[UserSession]:
    """Tell whether a value is a row of UserSession."""
    return is_row(value, "UserSession")


def to_user_response(row: User) -> UserResponse:
    """Return the answer for a row, with the relations it has loaded."""
    return UserResponse.of(row)


def to_user_update(answer: UserResponse) -> UserUpdate:
    """Return what of an answer may be changed."""
    return answer.changes(UserUpdate)


def is_user(value: object) -> TypeGuard[User]:
    """Tell whether a value is a row of User."""
    return is_row(value, "User")
