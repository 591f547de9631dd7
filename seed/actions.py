"""What the seed does with the client's actions for one model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from seed.tables import Row

if TYPE_CHECKING:
    from lumi_db.client import Prisma


class Actions(Protocol):
    """What is needed of the client's actions for one model."""

    async def create_many(self, data: Sequence[Row], *, skip_duplicates: bool) -> int: ...

    async def load_many(self, rows: Iterable[Row]) -> int: ...

    async def find_many(self, *, where: Mapping[str, object]) -> list[Any]: ...

    async def update_many(self, *, data: Row, where: Mapping[str, object]) -> int: ...

    async def count(self, *, where: Mapping[str, object]) -> int: ...


def actions_of(client: Prisma, table: str) -> Actions:
    """Return the client's actions for a table."""
    return cast(Actions, getattr(client, table))
