"""Answers for the columns of the accounts models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar

from lumi_db.dto import enums
from lumi_db.dto.row import Row, Truth, WireInstant


class UserRow(Row):
    """The columns of User."""

    of_model: ClassVar[str] = "User"

    id: str
    email: str
    first_name: str | None
    last_name: str | None
    phone: str | None
    email_verified: Truth
    email_verified_at: WireInstant | None
    two_factor_enabled: Truth
    status: enums.UserStatus
    deleted_at: WireInstant | None
    created_at: WireInstant
    updated_at: WireInstant


class UserSessionRow(Row):
    """The columns of UserSession."""

    of_model: ClassVar[str] = "UserSession"

    id: str
    user_id: str
    ip_address: str | None
    user_agent: str | None
    expires_at: WireInstant
    revoked_at: WireInstant | None
    created_at: WireInstant
    updated_at: WireInstant


class RoleRow(Row):
    """The columns of Role."""

    of_model: ClassVar[str] = "Role"

    id: str
    name: str
    description: str | None
    created_at: WireInstant
    updated_at: WireInstant


class PermissionRow(Row):
    """The columns of Permission."""

    of_model: ClassVar[str] = "Permission"

    id: str
    key: str
    description: str | None
    created_at: WireInstant
    updated_at: WireInstant


class RolePermissionRow(Row):
    """The columns of RolePermission."""

    of_model: ClassVar[str] = "RolePermission"

    role_id: str
    permission_id: str
    assigned_at: WireInstant
    created_at: WireInstant
    updated_at: WireInstant


class UserRoleRow(Row):
    """The columns of UserRole."""

    of_model: ClassVar[str] = "UserRole"

    user_id: str
    role_id: str
    assigned_at: WireInstant
    created_at: WireInstant
    updated_at: WireInstant


class UserPermissionRow(Row):
    """The columns of UserPermission."""

    of_model: ClassVar[str] = "UserPermission"

    user_id: str
    permission_id: str
    assigned_at: WireInstant
    created_at: WireInstant
    updated_at: WireInstant


class AddressRow(Row):
    """The columns of Address."""

    of_model: ClassVar[str] = "Address"

    id: str
    user_id: str
    label: str | None
    full_name: str
    phone: str | None
    line_1: str
    line_2: str | None
    city: str
    state: str | None
    postal_code: str | None
    country: str
    is_default: Truth
    created_at: WireInstant
    updated_at: WireInstant
