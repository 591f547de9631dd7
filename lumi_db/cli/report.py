"""What a person sees of a seeded shop: its first page, its shelves, its orders, its rows."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich import box
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lumi_db import Database, QueryEvent
    from lumi_db.generated import Prisma, models

PAGE = 10
_COLUMNS = 3


async def render_report(db: Database, model_names: Sequence[str]) -> RenderableType:
    """Ask the open database and return all of the report."""
    parts = [
        await render_page(db),
        await render_categories(db.client),
        await render_orders(db.client),
        await render_counts(db.client, model_names),
    ]
    return Group(*(Padding(part, (1, 0, 0, 0), expand=False) for part in parts))


async def render_page(db: Database) -> RenderableType:
    """Return the first page of the shop: the newest products on sale with all that a page shows of them."""
    from lumi_db.types import ProductStatus

    with _listening(db) as queries:
        products = await db.client.product.find_many(
            where={"status": ProductStatus.ACTIVE, "deletedAt": None},
            order=[{"createdAt": "desc"}, {"id": "asc"}],
            take=PAGE,
            include={
                "variants": {"where": {"deletedAt": None}, "order_by": {"sku": "asc"}},
                "categories": {"include": {"category": True}},
            },
        )
    table = _table("The shop, page 1", expand=True, caption=_cost(queries))
    table.add_column("Product", style="bold", ratio=3, no_wrap=True)
    table.add_column(f"Price ({_currencies(products)})", justify="right")
    table.add_column("Stock", justify="right")
    table.add_column("Variants", justify="right")
    table.add_column("Categories", style="cyan", ratio=2, no_wrap=True)
    for product in products:
        table.add_row(*_product_cells(product))
    return table


async def render_categories(client: Prisma) -> RenderableType:
    """Return the trees of categories side by side, with the number of products on each shelf."""
    categories = await client.category.find_many(
        where={"deletedAt": None},
        order=[{"level": "asc"}, {"displayOrder": "asc"}, {"name": "asc"}],
    )
    placed = Counter(row.categoryId for row in await client.productcategory.find_many())
    branches: dict[str, Tree] = {}
    roots: list[Tree] = []
    for category in categories:
        parent = branches.get(category.parentId or "")
        label = Text(category.name, style="cyan" if parent else "bold cyan")
        if placed[category.id]:
            label.append(f" {placed[category.id]}", style="dim")
        branch = parent.add(label) if parent else Tree(label, guide_style="dim")
        branches[category.id] = branch
        if parent is None:
            roots.append(branch)
    return Group(Text("Categories, with their products", style="bold"), Columns(roots, padding=(0, 2)))


async def render_orders(client: Prisma) -> RenderableType:
    """Return the number and the worth of the orders in every status."""
    orders = await client.order.find_many()
    table = _table("Orders by status")
    table.add_column("Status")
    table.add_column("Orders", justify="right")
    table.add_column(f"Total ({_currencies(orders)})", justify="right")
    for status in _statuses():
        table.add_row(status.capitalize(), *_order_cells([one for one in orders if one.status == status]))
    table.add_section()
    table.add_row("All", *_order_cells(orders), style="bold")
    return table


async def render_counts(client: Prisma, model_names: Sequence[str]) -> RenderableType:
    """Return the number of rows of every model, in columns."""
    names = sorted(model_names)
    counts = await asyncio.gather(*(getattr(client, name.lower()).count() for name in names))
    table = _table(f"{sum(counts):,} rows in {len(names)} models", show_header=False)
    for _ in range(_COLUMNS):
        table.add_column(style="cyan")
        table.add_column(justify="right")
        table.add_column(width=1)
    cells = [(name, f"{count:,}", "") for name, count in zip(names, counts, strict=True)]
    height = -(-len(cells) // _COLUMNS)
    for row in range(height):
        table.add_row(*(cell for column in cells[row::height] for cell in column))
    return table


def _product_cells(product: models.Product) -> tuple[RenderableType, ...]:
    variants, places = product.variants or [], product.categories or []
    stock = sum(variant.stock for variant in variants)
    names = [place.category.name for place in places if place.category]
    price = Text(f"{product.price:,.2f}", style="green" if product.compareAtPrice else "")
    amount = Text(f"{stock:,}", style="" if stock else "red")
    return product.title, price, amount, str(len(variants)), ", ".join(names)


def _order_cells(orders: Sequence[models.Order]) -> tuple[str, str]:
    return f"{len(orders):,}", f"{sum((order.totalAmount for order in orders), Decimal()):,.2f}"


def _currencies(rows: Sequence[models.Product] | Sequence[models.Order]) -> str:
    return ", ".join(sorted({row.currency for row in rows})) or "TRY"


def _statuses() -> list[str]:
    from lumi_db.types import OrderStatus

    return [status.value for status in OrderStatus]


@contextmanager
def _listening(db: Database) -> Iterator[list[QueryEvent]]:
    """Collect the statements that run meanwhile."""
    seen: list[QueryEvent] = []
    stop = db.on_query(seen.append)
    try:
        yield seen
    finally:
        stop()


def _cost(queries: Sequence[QueryEvent]) -> str:
    milliseconds = sum(query.duration for query in queries) * 1000
    noun = "query" if len(queries) == 1 else "queries"
    return f"read with all variants and categories in {len(queries)} {noun}, {milliseconds:.1f} ms"


def _table(title: str, **options: Any) -> Table:
    return Table(
        title=title,
        title_style="bold",
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        **options,
    )
