"""Pages: what is asked for, and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Generic, Self, TypeVar

from pydantic import Field

from .kinds import LARGEST_WHOLE, Text, Whole
from .row import Answer, WireInteger

if TYPE_CHECKING:
    from lumi_db.repositories.pages import CursorPage, Page

LARGEST_PAGE = 10_000
ItemT = TypeVar("ItemT")

Size = Annotated[int, Whole(1, LARGEST_PAGE)]
SortOrder = Annotated[
    str, Text("must be fields, such as price,-createdAt", 500, r"-?[A-Za-z0-9]+(,-?[A-Za-z0-9]+)*")
]
Cursor = Annotated[str, Text("must be a cursor that a page gave", 4_000, r"[A-Za-z0-9_-]+")]


class PageQuery(Answer):
    """Which page is wanted; `sort` is fields in their order, `-` before one for the largest first."""

    number: Annotated[int, Whole(1, LARGEST_WHOLE)] = 1
    size: Size = 20
    sort: SortOrder | None = None

    def arguments(self) -> dict[str, Any]:
        """Return what `Repository.page` takes."""
        return {"number": self.number, "size": self.size, "sort": self.sort}


class CursorQuery(Answer):
    """Which rows of a list that grows are wanted: those after, or before, a cursor."""

    after: Cursor | None = None
    before: Cursor | None = None
    size: Size = 20
    sort: SortOrder | None = None

    def arguments(self) -> dict[str, Any]:
        """Return what `Repository.cursor_page` takes."""
        return {"after": self.after, "before": self.before, "size": self.size, "sort": self.sort}


class PageResponse(Answer, Generic[ItemT]):
    """One page; `number` counts from 1, `total` the rows of all pages."""

    items: list[ItemT]
    number: WireInteger
    size: WireInteger
    total: WireInteger
    pages: WireInteger
    has_next: bool
    has_previous: bool

    @classmethod
    def of(cls, page: Page[Any], item: Callable[[Any], ItemT]) -> Self:
        """Return the answer for a page of a repository; `item` makes that of one row."""
        return cls(
            items=[item(one) for one in page.items], number=page.number, size=page.size, total=page.total,
            pages=page.pages, has_next=page.has_next, has_previous=page.has_previous,
        )  # fmt: skip


class CursorPageResponse(Answer, Generic[ItemT]):
    """One page, and the cursors of its ends; null where nothing more lies that way."""

    items: list[ItemT]
    next_cursor: str | None = Field()
    previous_cursor: str | None = Field()

    @classmethod
    def of(cls, page: CursorPage[Any], item: Callable[[Any], ItemT]) -> Self:
        """Return the answer for a page of a repository; `item` makes that of one row."""
        return cls(
            items=[item(one) for one in page.items],
            next_cursor=page.next_cursor,
            previous_cursor=page.previous_cursor,
        )
