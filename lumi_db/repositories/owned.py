"""Rows that belong to a user, at most one of them the default: addresses and saved cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from lumi_db.engine import locking
from lumi_db.translation import in_shop_words, not_found

from .base import Data, Repository

if TYPE_CHECKING:
    from lumi_db.client import Prisma

ModelT = TypeVar("ModelT")


class OwnedRepository(Repository[ModelT]):
    """A user's rows. Whoever changes which is the default locks the user first, so that there is never a second one.

    With `user_id` a row of somebody else is not there: give the id of who asks.
    """

    default_sort = ("-isDefault", "-createdAt")

    async def list_of_user(self, user_id: str) -> list[ModelT]:
        """Return a user's rows in one statement, the default first, then the newest."""
        return await self.list_(where={"userId": user_id})

    async def find_default(self, user_id: str) -> ModelT | None:
        """Return a user's default, or None."""
        found: list[ModelT] = await self._find_many({"userId": user_id, "isDefault": True}, [], take=1)
        return found[0] if found else None

    async def create(self, data: Data, *, include: Mapping[str, Any] | None = None) -> ModelT:
        """Write a new row; it becomes the default if its data say so, or if its user has none.

        Raises ValidationError, NotFoundError for the user, ConflictError.
        """
        values = self._data(self.create_model, data)
        async with self._transaction() as tx:
            rows = type(self)(tx, self.rules)
            await _lock_user(tx, values["userId"])
            if "isDefault" not in values:
                values["isDefault"] = await rows.find_default(values["userId"]) is None
            if values["isDefault"]:
                await rows._clear_default(values["userId"])
            return await rows._insert(values, include=include)

    async def update(
        self,
        id: str,  # noqa: A002 - the schema's name
        data: Data,
        *,
        version: int | None = None,
        include: Mapping[str, Any] | None = None,
        user_id: str | None = None,
    ) -> ModelT:
        """Change a row; made the default, it takes the place of the one before. Raises as `create`, NotFoundError."""
        values = self._data(self.update_model, data)
        async with self._transaction() as tx:
            rows = type(self)(tx, self.rules)
            owner = await rows._owner(id, user_id)
            if values.get("isDefault"):
                await _lock_user(tx, owner)
                await rows._clear_default(owner, but=id)
            return await rows._set(id, values, version=version, include=include)

    async def set_default(self, id: str, *, user_id: str | None = None) -> ModelT:  # noqa: A002
        """Make a row its user's default, in the place of the one before. Raises NotFoundError."""
        return await self.update(id, {"isDefault": True}, user_id=user_id)

    async def delete(
        self,
        id: str,  # noqa: A002
        *,
        version: int | None = None,
        user_id: str | None = None,
    ) -> ModelT:
        """Delete a row and return it; no other becomes the default by itself. Raises NotFoundError."""
        async with self._transaction() as tx:
            rows = type(self)(tx, self.rules)
            if user_id is not None:
                await rows._owner(id, user_id)
            with in_shop_words(self.entity):
                row = await rows.rows.delete(where=self._key(id, version))
            return self._there(row)

    async def _owner(self, id_: str, user_id: str | None) -> str:
        """Return whose a row is. Raises NotFoundError if it is not that of `user_id`."""
        row: Any = await self.get(id_)
        if user_id is not None and row.userId != user_id:
            raise not_found(self.entity)
        owner: str = row.userId
        return owner

    async def _clear_default(self, user_id: str, *, but: str = "") -> None:
        with in_shop_words(self.entity):
            await self.rows.update_many(
                data={"isDefault": False}, where={"userId": user_id, "isDefault": True, "id": {"not": but}}
            )


async def _lock_user(tx: Prisma, user_id: str) -> None:
    """Lock a user against others who change a default. Raises NotFoundError."""
    with in_shop_words("User"):
        if await locking(tx, "no key update").user.find_unique({"id": user_id}) is None:
            raise not_found("User")
