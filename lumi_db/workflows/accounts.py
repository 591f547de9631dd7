"""Accounts from the first day to the last: register, delete, restore, erase."""

from __future__ import annotations

from typing import Any

from lumi_db.dto.accounts import UserCreate
from lumi_db.dto.base import parse
from lumi_db.errors import OperationFailedError, ValidationError
from lumi_db.repositories.base import Data
from lumi_db.repositories.logins import note
from lumi_db.scope import with_deleted
from lumi_db.shop import Shop
from lumi_db.translation import in_shop_words

CUSTOMER = "customer"
_ERASE = "SELECT erase_user($1)"
_INSUFFICIENT_PRIVILEGE = "42501"


async def register_user(shop: Shop, data: Data) -> Any:
    """Write a new user with the role `customer` and return them.

    `data` is the e-mail address, the `password`, which is only stored as its bcrypt hash, and names and phone.
    Raises ValidationError, ConflictError if the address is taken, NotFoundError if there is no role `customer`.
    """
    # Before the transaction: it takes a quarter of a second.
    values = await shop.users.with_hash(parse(UserCreate, data))

    async def work(inside: Shop) -> Any:
        with in_shop_words("User"):
            user: Any = await inside.users.rows.create(data=values)
        await inside.users.assign_role(user.id, CUSTOMER)
        return user

    return await shop.run(work)


async def delete_user(shop: Shop, user_id: str) -> Any:
    """Delete a user softly, which ends all sessions and frees the e-mail address, and return them.

    Orders, payments and reviews stay. Raises NotFoundError.
    """

    async def work(inside: Shop) -> Any:
        user = await inside.users.delete(user_id)
        await note(inside.client, "ACCOUNT_DELETED", user_id)
        return user

    return await shop.run(work)


async def restore_user(shop: Shop, user_id: str) -> Any:
    """Take the deletion of a user back and return them, ACTIVE; ended sessions stay ended.

    Raises NotFoundError, ConflictError if somebody has registered with the e-mail address meanwhile, ValidationError
    for a user who was erased.
    """

    async def work(inside: Shop) -> Any:
        if (live := await inside.users.find(user_id)) is not None:
            return live
        user: Any = await inside.users.restore(user_id)
        await note(inside.client, "ACCOUNT_STATUS_CHANGED", user_id, before="DELETED", after=str(user.status))
        return user

    return await shop.run(work)


async def erase_user(shop: Shop, user_id: str) -> None:
    """Empty all that says who a deleted user was, in every table, for good; for the owner of the database only.

    Amounts, references and who did what, by id, stay. Raises NotFoundError, ValidationError for a user who was not
    deleted first, OperationFailedError where the database's role may not do this.
    """
    with with_deleted():
        user: Any = await shop.users.get(user_id)
    if user.deletedAt is None:
        message = "A user is erased after being deleted: call delete_user first."
        raise ValidationError(message, entity="User", fields=("deletedAt",))

    async def work(inside: Shop) -> None:
        with in_shop_words("User"):
            await inside.client.query_raw(_ERASE, user_id)

    try:
        await shop.run(work)
    except OperationFailedError as error:
        if getattr(error.__cause__, "meta", {}).get("code") != _INSUFFICIENT_PRIVILEGE:
            raise
        message = "The role of this connection may not erase: use the owner's."
        raise OperationFailedError(message, entity="User", code=error.code) from error
