"""Roles and permissions, and who has them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from lumi_db.dto.accounts import PermissionCreate, PermissionUpdate, RoleCreate, RoleUpdate
from lumi_db.errors import ValidationError
from lumi_db.translation import in_shop_words, not_found

from .arguments import read_id
from .base import Repository

if TYPE_CHECKING:
    from lumi_db.client import Prisma
    from lumi_db.types import Permission, Role

_EFFECTIVE = """
    SELECT "key" FROM "Permission"
    WHERE EXISTS (SELECT FROM "User" WHERE "id" = $1 AND "status" = 'ACTIVE')
      AND "id" IN (
        SELECT "permissionId" FROM "UserPermission" WHERE "userId" = $1
        UNION ALL
        SELECT "permissionId" FROM "UserRole" JOIN "RolePermission" USING ("roleId") WHERE "userId" = $1
      )
"""


class RoleRepository(Repository["Role"]):
    """Named sets of permissions. Who is given a role: `UserRepository.assign_role`."""

    entity = "Role"
    create_model = RoleCreate
    update_model = RoleUpdate
    default_sort = ("name",)

    async def find_by_name(self, name: str) -> Role | None:
        """Return the role with its permissions, or None."""
        return await self._find_unique({"name": name}, include=_PERMISSIONS)

    async def get_by_name(self, name: str) -> Role:
        """Return the role with its permissions. Raises NotFoundError."""
        return self._there(await self.find_by_name(name), by="name")

    async def allow(self, name: str, key: str) -> None:
        """Let a role have a permission; one it has, it keeps. Raises NotFoundError."""
        async with self._transaction() as tx:
            role, permission = await get_role(tx, name), await get_permission(tx, key)
            with in_shop_words("RolePermission"):
                await tx.rolepermission.create_many(
                    [{"roleId": role.id, "permissionId": permission.id}], skip_duplicates=True
                )

    async def disallow(self, name: str, key: str) -> bool:
        """Take a permission from a role and tell whether it had it."""
        with in_shop_words("RolePermission"):
            return bool(
                await self.client.rolepermission.delete_many(
                    {"role": {"is": {"name": name}}, "permission": {"is": {"key": key}}}
                )
            )


class PermissionRepository(Repository["Permission"]):
    """What can be allowed: `domain:action`, or `domain:*` for all actions of a domain."""

    entity = "Permission"
    create_model = PermissionCreate
    update_model = PermissionUpdate
    default_sort = ("key",)

    async def find_by_key(self, key: str) -> Permission | None:
        """Return the permission, or None."""
        return await self._find_unique({"key": key})

    async def get_by_key(self, key: str) -> Permission:
        """Return the permission. Raises NotFoundError."""
        return self._there(await self.find_by_key(key), by="key")


_PERMISSIONS: dict[str, Any] = {"permissions": {"include": {"permission": True}}}


def allows(keys: Collection[str], key: str) -> bool:
    """Tell whether these permissions allow `domain:action`: it is among them, or `domain:*` is.

    Raises ValidationError for a key of another shape.
    """
    domain, colon, action = key.partition(":") if isinstance(key, str) else ("", "", "")
    if not (domain and colon and action):
        message = "key must be `domain:action`, like product:publish."
        raise ValidationError(message, entity="Permission", fields=("key",))
    return key in keys or f"{domain}:*" in keys


async def effective_permissions(client: Prisma, user_id: str) -> frozenset[str]:
    """Return the keys of what a user's roles and own permissions allow, in one statement."""
    read_id(user_id, "id")
    with in_shop_words("Permission"):
        rows: list[dict[str, Any]] = await client.query_raw(_EFFECTIVE, user_id, keeps_session=True)
    return frozenset(row["key"] for row in rows)


async def get_role(client: Prisma, name: str) -> Role:
    with in_shop_words("Role"):
        role = await client.role.find_unique({"name": name})
    if role is None:
        raise not_found("Role", by="name")
    return role


async def get_permission(client: Prisma, key: str) -> Permission:
    with in_shop_words("Permission"):
        permission = await client.permission.find_unique({"key": key})
    if permission is None:
        raise not_found("Permission", by="key")
    return permission
