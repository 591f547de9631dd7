"""Make the roles, the permissions, who may do what, and the administrator."""

from __future__ import annotations

from seed.data.access import ADMIN_EMAIL, PERMISSIONS, ROLE_PERMISSIONS, ROLES
from seed.ids import make_id
from seed.moments import OPENING
from seed.people import user_id
from seed.schema import inputs
from seed.tables import Part, Table


def role_id(name: str) -> str:
    """Return the id of a role."""
    return make_id("Role", name)


def permission_id(key: str) -> str:
    """Return the id of a permission."""
    return make_id("Permission", key)


def access_part() -> Part:
    """Make roles, permissions and what each role allows."""
    return Part("access", (Table("role", _roles()), Table("permission", _permissions()), _role_permissions()))


def admin_part(password_hash: str) -> Part:
    """Make the administrator with the role `admin`; the hash is bcrypt's."""
    admin: inputs.UserCreateWithoutRelationsInput = {
        "id": user_id(ADMIN_EMAIL),
        "email": ADMIN_EMAIL,
        "passwordHash": password_hash,
        "firstName": "Lumi",
        "lastName": "Admin",
        "emailVerified": True,
        "emailVerifiedAt": OPENING,
        "createdAt": OPENING,
        "updatedAt": OPENING,
    }
    return Part("admin", (Table("user", (admin,)), Table("userrole", (give_role(ADMIN_EMAIL, "admin"),))))


def give_role(email: str, role: str) -> inputs.UserRoleCreateWithoutRelationsInput:
    """Make the row that gives a role to the account with an address."""
    return {
        "userId": user_id(email),
        "roleId": role_id(role),
        "assignedAt": OPENING,
        "createdAt": OPENING,
        "updatedAt": OPENING,
    }


def _roles() -> list[inputs.RoleCreateWithoutRelationsInput]:
    return [
        {
            "id": role_id(name),
            "name": name,
            "description": description,
            "createdAt": OPENING,
            "updatedAt": OPENING,
        }
        for name, description in ROLES.items()
    ]


def _permissions() -> list[inputs.PermissionCreateWithoutRelationsInput]:
    return [
        {
            "id": permission_id(key),
            "key": key,
            "description": description,
            "createdAt": OPENING,
            "updatedAt": OPENING,
        }
        for key, description in PERMISSIONS.items()
    ]


def _role_permissions() -> Table:
    rows: list[inputs.RolePermissionCreateWithoutRelationsInput] = [
        {
            "roleId": role_id(role),
            "permissionId": permission_id(key),
            "assignedAt": OPENING,
            "createdAt": OPENING,
            "updatedAt": OPENING,
        }
        for role, keys in ROLE_PERMISSIONS.items()
        for key in keys
    ]
    return Table("rolepermission", rows)
