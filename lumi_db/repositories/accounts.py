"""Users, their sessions, roles and permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import Repository

if TYPE_CHECKING:
    from lumi_db.types import Permission, Role, User, UserSession  # noqa: F401 - the type arguments below

if TYPE_CHECKING:
    pass


class UserRepository(Repository["User"]):
    """People with an account."""

    entity = "User"


class SessionRepository(Repository["UserSession"]):
    """Signed-in devices."""

    entity = "UserSession"


class RoleRepository(Repository["Role"]):
    """Named sets of permissions."""

    entity = "Role"


class PermissionRepository(Repository["Permission"]):
    """What can be allowed."""

    entity = "Permission"
