"""The tree of the shop's shelves. `path` and `level` are the database's and follow every move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lumi_db.dto.catalogue import CategoryCreate, CategoryUpdate
from lumi_db.errors import ValidationError
from lumi_db.translation import in_shop_words

from .arguments import read_ids
from .base import Data, Repository

if TYPE_CHECKING:
    from lumi_db.types import Category

MOST = 10_000


@dataclass(frozen=True, slots=True)
class Branch:
    """A category and what is below it, in the order of the shop."""

    category: Any
    children: list[Branch] = field(default_factory=list)


class CategoryRepository(Repository["Category"]):
    """Categories. Names in lists are ordered by `displayOrder`, then by the letters of the Turkish alphabet."""

    entity = "Category"
    create_model = CategoryCreate
    update_model = CategoryUpdate
    default_sort = ("displayOrder", "name")

    async def find_by_slug(self, slug: str) -> Category | None:
        """Return the category, or None; slugs are unique over the whole tree."""
        return await self._find_unique({"slug": slug})

    async def tree(self, root_id: str | None = None) -> list[Branch]:
        """Return the roots, or the children of one category, with all below them; for one its row is read first."""
        within = "" if root_id is None else (await self.get(root_id)).path
        branches: dict[str | None, list[Branch]] = {}
        for category in await self._below(within):
            # Its children come later and find the same list.
            branch = Branch(category, branches.setdefault(category.id, []))
            branches.setdefault(category.parentId, []).append(branch)
        return branches.get(root_id, [])

    async def list_ancestors(self, id: str) -> list[Category]:  # noqa: A002 - the schema's name
        """Return the categories above one, the root first: its breadcrumb. Two statements: its path, and theirs."""
        steps = (await self.get(id)).path.split("/")[1:-1]
        return await self.list_(where={"slug": {"in": steps}}, sort="level", limit=MOST) if steps else []

    async def list_descendants(self, id: str) -> list[Category]:  # noqa: A002
        """Return the categories below one, level by level. Two statements: its path, and theirs."""
        return await self._below((await self.get(id)).path)

    async def list_children(self, parent_id: str | None) -> list[Category]:
        """Return the categories right below one, or the roots, in one statement."""
        return await self.list_(where={"parentId": parent_id}, limit=MOST)

    async def update(
        self,
        id: str,  # noqa: A002
        data: Data,
        *,
        version: int | None = None,
        include: Mapping[str, Any] | None = None,
    ) -> Category:
        """Change a category; with another slug or parent it is read again for its new path.

        Raises ValidationError, also if it would be its own ancestor, ConflictError, RelatedRecordError, NotFoundError.
        """
        values = self._data(self.update_model, data)
        if values.keys().isdisjoint(("parentId", "slug")):
            return await self._set(id, values, version=version, include=include)
        async with self._transaction() as tx:
            categories = CategoryRepository(tx)
            await categories._set(id, values, version=version)
            # Written after the triggers: RETURNING is too early for the path of a subtree that moved twice.
            moved = await categories.get(id, include=include)
            if id == moved.parentId or f"/{moved.slug}/" in f"{moved.path.rpartition('/')[0]}/":
                message = "A category cannot be its own ancestor: choose a parent that is not below it."
                raise ValidationError(message, entity=self.entity, fields=("parentId",), code="P2004")
            return moved

    async def move(self, id: str, parent_id: str | None) -> Category:  # noqa: A002
        """Put a category, and all below it, under another one or at the root; raises as `update`."""
        return await self.update(id, {"parentId": parent_id})

    async def reorder(self, parent_id: str | None, ids: Sequence[str]) -> None:
        """Put all children of a category into this order. Raises ValidationError unless `ids` are exactly those."""
        read_ids(ids, "ids")
        async with self._transaction() as tx:
            children = await CategoryRepository(tx).list_children(parent_id)
            if sorted(child.id for child in children) != sorted(ids):
                message = "ids must be the ids of all children of this category, each once."
                raise ValidationError(message, entity=self.entity, fields=("ids",))
            places = {id_: place for place, id_ in enumerate(ids)}
            with in_shop_words(self.entity):
                for id_ in sorted(ids):
                    await tx.category.update_many({"displayOrder": places[id_]}, {"id": id_})

    async def _below(self, path: str) -> list[Any]:
        from lumi_db.types import Category

        sql = """
            SELECT * FROM "Category" WHERE starts_with("path", $1 || '/') AND "deletedAt" IS NULL
            ORDER BY "level", "displayOrder", turkish_sort_key("name") COLLATE "C", "id"
        """
        with in_shop_words(self.entity):
            return await self.client.query_raw(sql, path, model=Category, keeps_session=True)
