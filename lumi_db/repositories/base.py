"""`Repository`: what every repository can do. Thin over one action of the generated client, in the shop's words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from lumi_db.client import load_datamodel
from lumi_db.dto.base import Input, parse
from lumi_db.errors import CallerError, QueryError, StaleRecordError
from lumi_db.rules import DEFAULT_RULES, ShopRules
from lumi_db.scope import purging, with_deleted
from lumi_db.translation import entity_words, in_shop_words, in_words_of_a_query, not_found

from .arguments import check_projection, check_where, in_row, read_rows, read_version
from .pages import (
    CursorPage,
    Page,
    check_cursor_fields,
    fingerprint,
    read_cursor,
    rows_after,
    write_cursor,
)
from .queries import as_order, read_filters, read_number, read_size, read_sort

if TYPE_CHECKING:
    from lumi_db.client import Prisma

ModelT = TypeVar("ModelT")
Data = Input | Mapping[str, Any]
Sort = str | Sequence[str]


class Repository(Generic[ModelT]):
    """One model's rows, through a client or inside a transaction: `ProductRepository(tx)`.

    `find_` may return None, `get_` raises NotFoundError, `list_` returns a list. `where` is the client's own and for
    code; `filters` takes known fields only and may come from outside. Soft-deleted rows are not there, but inside
    `with_deleted()`. Every method raises OperationErrors (`lumi_db.errors`) and sends one statement or says why more.
    """

    entity: ClassVar[str]
    # What `create` and `update` take (lumi_db.dto). Without one the client checks alone; where `written_by` names
    # what writes the rows instead, they are refused.
    create_model: ClassVar[type[Input] | None] = None
    update_model: ClassVar[type[Input] | None] = None
    written_by: ClassVar[str | None] = None
    default_sort: ClassVar[Sequence[str]] = ("-createdAt",)

    def __init__(self, client: Prisma, rules: ShopRules = DEFAULT_RULES) -> None:
        self.client = client
        self.rules = rules

    @property
    def rows(self) -> Any:
        """The client's own actions on the model."""
        return getattr(self.client, self.entity.lower())

    async def get(self, id: str, *, include: Mapping[str, Any] | None = None) -> ModelT:  # noqa: A002 - the schema's name
        """Return the row. Raises NotFoundError."""
        return self._there(await self.find(id, include=include))

    async def find(self, id: str, *, include: Mapping[str, Any] | None = None) -> ModelT | None:  # noqa: A002
        """Return the row, or None."""
        return await self._find_unique({"id": id}, include=include)

    async def list_(
        self,
        *,
        filters: Mapping[str, Any] | None = None,
        where: Mapping[str, Any] | None = None,
        sort: Sort | None = None,
        limit: int = 100,
        include: Mapping[str, Any] | None = None,
        projection: type[Any] | None = None,
    ) -> list[Any]:
        """Return the first `limit` rows; of `projection`, a partial model, where one is given.

        Raises QueryError for an unknown field and a limit that is not 1 to 10,000.
        """
        keys = read_sort(self.entity, sort, default=self.default_sort)
        return await self._find_many(
            self._where(filters, where), as_order(keys), take=read_size(limit, name="limit"), include=include,
            projection=projection,
        )  # fmt: skip

    async def page(
        self,
        number: int = 1,
        *,
        size: int = 20,
        filters: Mapping[str, Any] | None = None,
        where: Mapping[str, Any] | None = None,
        sort: Sort | None = None,
        include: Mapping[str, Any] | None = None,
        projection: type[Any] | None = None,
    ) -> Page[Any]:
        """Return one page and how many rows there are; that number is a second statement.

        Raises QueryError for an unknown field, a size that is not 1 to 10,000 and a number below 1.
        """
        read_size(size)
        read_number(number)
        keys, wanted = read_sort(self.entity, sort, default=self.default_sort), self._where(filters, where)
        items = await self._find_many(
            wanted,
            as_order(keys),
            take=size,
            skip=(number - 1) * size,
            include=include,
            projection=projection,
        )
        return Page(items, number, size, await self.count(where=wanted))

    async def cursor_page(
        self,
        *,
        after: str | None = None,
        before: str | None = None,
        size: int = 20,
        filters: Mapping[str, Any] | None = None,
        where: Mapping[str, Any] | None = None,
        sort: Sort | None = None,
        include: Mapping[str, Any] | None = None,
        projection: type[Any] | None = None,
    ) -> CursorPage[Any]:
        """Return the page after or before a cursor of this query, or the first one.

        Rows that come in meanwhile move nothing: a cursor is a place in the order, which ends in the id. Raises
        QueryError for an unknown field, a size that is not 1 to 10,000, and a cursor that was changed or belongs to
        another query.
        """
        return await self._cursor_page(
            self._where(filters, where), after=after, before=before, size=size, sort=sort, include=include,
            projection=projection,
        )  # fmt: skip

    async def exists(
        self, *, filters: Mapping[str, Any] | None = None, where: Mapping[str, Any] | None = None
    ) -> bool:
        """Tell whether there is such a row."""
        return bool(await self._find_many(self._where(filters, where), [], take=1))

    async def count(
        self, *, filters: Mapping[str, Any] | None = None, where: Mapping[str, Any] | None = None
    ) -> int:
        """Count such rows."""
        with in_words_of_a_query(self.entity):
            found: int = await self.rows.count(where=self._where(filters, where))
        return found

    async def create(self, data: Data, *, include: Mapping[str, Any] | None = None) -> ModelT:
        """Write a new row. Raises ValidationError, ConflictError and RelatedRecordError."""
        return await self._insert(self._data(self.create_model, data), include=include)

    async def create_many(self, data: Sequence[Data], *, skip_duplicates: bool = False) -> int:
        """Write new rows, all or none, and return how many; as `create`."""
        values = []
        for place, one in enumerate(read_rows(data)):
            with in_row(place):
                values.append(self._data(self.create_model, one))
        with in_shop_words(self.entity):
            count: int = await self.rows.create_many(data=values, skip_duplicates=skip_duplicates)
        return count

    async def update(
        self,
        id: str,  # noqa: A002
        data: Data,
        *,
        version: int | None = None,
        include: Mapping[str, Any] | None = None,
    ) -> ModelT:
        """Change a row; with `version` only if nobody has changed it since it was read.

        Raises as `create`, NotFoundError, and StaleRecordError after a second statement that told the two apart.
        """
        return await self._set(id, self._data(self.update_model, data), version=version, include=include)

    async def upsert(self, where: Mapping[str, Any], *, create: Data, update: Data) -> ModelT:
        """Change the row that a unique key names, or write it. Raises as `create`."""
        both = {
            "create": self._data(self.create_model, create),
            "update": self._data(self.update_model, update),
        }
        with in_shop_words(self.entity):
            row: ModelT = await self.rows.upsert(where=where, data=both)
        return row

    async def delete(self, id: str, *, version: int | None = None) -> ModelT:  # noqa: A002
        """Delete a row, softly where the model has `deletedAt`, and return it.

        Raises NotFoundError, StaleRecordError, and RelatedRecordError if rows that point at it are in the way.
        """
        with in_shop_words(self.entity):
            row = await self.rows.delete(where=self._key(id, version))
        return row if row is not None else await self._missing(id, version)

    async def restore(self, id: str) -> ModelT:  # noqa: A002
        """Take a soft delete back and return the row; a row that lives is left as it is: two statements.

        Raises NotFoundError, and ConflictError if a live row has taken one of its unique values.
        """
        if "deletedAt" not in load_datamodel().models[self.entity].fields:
            raise CallerError(f"{self.entity} has no soft delete: there is nothing to restore.")
        with with_deleted(), in_shop_words(self.entity):
            await self.rows.update_many(
                data={"deletedAt": None}, where={"id": id, "NOT": [{"deletedAt": None}]}
            )
        return await self.get(id)

    async def purge(self, id: str) -> ModelT:  # noqa: A002
        """Delete a row for real, soft-deleted or not, and return it. Raises as `delete`."""
        with purging(), in_shop_words(self.entity):
            row: ModelT | None = await self.rows.delete(where={"id": id})
        return self._there(row)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Prisma]:
        """Give the transaction that this repository is in, or else one of its own."""
        if self.client.is_transaction():
            yield self.client
            return
        with in_shop_words(self.entity):
            async with self.client.tx() as tx:
                yield tx

    async def _insert(self, values: Mapping[str, Any], *, include: Mapping[str, Any] | None = None) -> ModelT:
        """Write a new row of values that were checked, or that are the shop's own."""
        with in_shop_words(self.entity):
            row: ModelT = await self.rows.create(data=values, include=include)
        return row

    async def _set(
        self,
        id_: str,
        values: Mapping[str, Any],
        *,
        version: int | None = None,
        include: Mapping[str, Any] | None = None,
    ) -> ModelT:
        """Change a row as `_insert` writes one."""
        with in_shop_words(self.entity):
            row = await self.rows.update(data=values, where=self._key(id_, version), include=include)
        return row if row is not None else await self._missing(id_, version)

    async def _find_unique(
        self, key: Mapping[str, Any], *, include: Mapping[str, Any] | None = None
    ) -> ModelT | None:
        with in_shop_words(self.entity):
            row: ModelT | None = await self.rows.find_unique(where=key, include=include)
        return row

    async def _cursor_page(
        self,
        wanted: Mapping[str, Any],
        *,
        bound_to: Mapping[str, Any] | None = None,
        after: str | None = None,
        before: str | None = None,
        size: int = 20,
        sort: Sort | None = None,
        include: Mapping[str, Any] | None = None,
        projection: type[Any] | None = None,
    ) -> CursorPage[Any]:
        """Do the work of `cursor_page`; its cursors belong to `bound_to`, where `wanted` may change between pages."""
        if after is not None and before is not None:
            raise QueryError("Give `after` or `before`, not both.", fields=("cursor",))
        read_size(size)
        keys = read_sort(self.entity, sort, default=self.default_sort)
        check_cursor_fields(projection, keys)
        query = fingerprint(self.entity, wanted if bound_to is None else bound_to, keys)
        turned, cursor = before is not None, before or after
        there = (
            rows_after(keys, read_cursor(cursor, keys, query), turned=turned) if cursor is not None else {}
        )
        rows = await self._find_many(
            {"AND": [wanted, there]},
            as_order(keys, turned=turned),
            take=size + 1,
            include=include,
            projection=projection,
        )
        has_more, rows = len(rows) > size, rows[:size]
        items = rows[::-1] if turned else rows
        ends = [write_cursor(item, keys, query) for item in (items[:1] + items[-1:])]
        has_previous, has_next = (has_more, True) if turned else (cursor is not None, has_more)
        return CursorPage(
            items, ends[-1] if ends and has_next else None, ends[0] if ends and has_previous else None
        )  # fmt: skip

    async def _find_many(
        self,
        where: Mapping[str, Any],
        order: list[dict[str, str]],
        *,
        projection: type[Any] | None = None,
        **options: Any,
    ) -> list[Any]:
        check_projection(projection)
        rows = self.rows if projection is None else type(self.rows)(self.client, projection)
        with in_words_of_a_query(self.entity):
            found: list[Any] = await rows.find_many(where=where, order=order, **options)
        return found

    def _where(self, filters: Mapping[str, Any] | None, where: Mapping[str, Any] | None) -> dict[str, Any]:
        check_where(where)
        known = read_filters(self.entity, filters)
        return known if where is None else {"AND": [known, dict(where)]} if known else dict(where)

    def _key(self, id_: str, version: int | None) -> dict[str, Any]:
        if version is None:
            return {"id": id_}
        if "version" not in load_datamodel().models[self.entity].fields:
            raise CallerError(f"{self.entity} has no version: leave it out.")
        return {"id": id_, "version": read_version(version)}

    async def _missing(self, id_: str, version: int | None) -> ModelT:
        """Raise the error for a row that an update or delete did not find."""
        if version is not None and await self.exists(where={"id": id_}):
            words = entity_words(self.entity)
            raise StaleRecordError(
                f"The {words} was changed by somebody else: read it again, then decide.",
                entity=self.entity,
                fields=("version",),
                code="P2025",
            )
        raise not_found(self.entity)

    def _there(self, row: ModelT | None, *, by: str = "id") -> ModelT:
        if row is None:
            raise not_found(self.entity, by=by)
        return row

    def _data(self, model: type[Input] | None, data: Data) -> dict[str, Any]:
        """Return what the client writes for data from outside. Raises ValidationError, CallerError."""
        if model is not None:
            return parse(model, data).data()
        if self.written_by is not None:
            raise CallerError(f"A row of {self.entity} is written by {self.written_by}: call that.")
        return data.data() if isinstance(data, Input) else dict(data)
