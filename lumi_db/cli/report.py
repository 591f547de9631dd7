"""What a person sees of a seeded shop: its rows, its shelves, its first page, its orders."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

if TYPE_CHECKING:
    from lumi_db.generated import Prisma, models

PAGE = 10
_COLUMNS = 3


async def render_report(client: Prisma, model_names: Sequence[str]) -> RenderableType:
    """Ask the database and return all of the report."""
    parts = [
        await render_page(client),
        await render_categories(client),
        await render_orders(client),
        await render_counts(client, model_names),
    ]
    return Group(*(Padding(part, (1, 0, 0, 0)) for part in parts))


async def render_counts(client: Prisma, model_names: Sequence[str]) -> RenderableType:
    """Return the number of rows of every model, in columns."""
    names = sorted(model_names)
    counts = await asyncio.gather(*(getattr(client, name.lower()).count() for name in names))
    table = Table(
        title=f"{sum(counts):,} rows in {len(names)} models",
        box=None,
        show_header=False,
        title_justify="left",
    )
    for _ in range(_COLUMNS):
        table.add_column(style="cyan")
        table.add_column(justify="right")
        table.add_column(width=2)
    cells = [(name, f"{count:,}", "") for name, count in zip(names, counts, strict=True)]
    height = -(-len(cells) // _COLUMNS)
    for row in range(height):
        table.add_row(*(cell for column in cells[row::height] for cell in column))
    return table


async def render_categories(client: Prisma) -> RenderableType:
    """Return the tree of categories with the number of products on each shelf."""
    categories = await client.category.find_many(
        where={"deletedAt": None},
        order=[{"level": "asc"}, {"displayOrder": "asc"}, {"name": "asc"}],
    )
    placed = Counter(row.categoryId for row in await client.productcategory.find_many())
    tree = Tree(Text("Categories", style="italic"), guide_style="dim")
    branches: dict[str | None, Tree] = {None: tree}
    for category in categories:
        label = Text.assemble((category.name, "cyan" if category.level else "bold cyan"))
        if placed[category.id]:
            label.append(f"  {placed[category.id]}", style="dim")
        branches[category.id] = branches.get(category.parentId, tree).add(label)
    return tree


async def render_page(client: Prisma) -> RenderableType:
    """Return the first page of the shop: the newest products on sale, read with all they need in one query."""
    products = await client.product.find_many(
        where={"status": "ACTIVE", "deletedAt": None},
        order=[{"createdAt": "desc"}, {"id": "asc"}],
        take=PAGE,
        include={
            "variants": {"where": {"deletedAt": None}, "order_by": {"sku": "asc"}},
            "categories": {"include": {"category": True}},
        },
    )
    table = _table("The shop, page 1")
    table.add_column("Product", style="bold", ratio=5, no_wrap=True)
    table.add_column("Price", justify="right", no_wrap=True)
    table.add_column("Stock", justify="right")
    table.add_column("Variants", justify="right")
    table.add_column("Categories", style="cyan", ratio=4, no_wrap=True)
    for product in products:
        table.add_row(*_product_cells(product))
    return table


async def render_orders(client: Prisma) -> RenderableType:
    """Return the number and the worth of the orders in every status."""
    orders = await client.order.find_many()
    table = _table("Orders by status")
    table.add_column("Status", style="bold")
    table.add_column("Orders", justify="right")
    table.add_column("Total", justify="right")
    for status in _statuses():
        totals = [order.totalAmount for order in orders if order.status == status]
        table.add_row(status.capitalize(), str(len(totals)), _money(sum(totals, Decimal()), "TRY"))
    table.add_row("All", str(len(orders)), _money(sum((one.totalAmount for one in orders), Decimal()), "TRY"))
    return table


def _product_cells(product: models.Product) -> tuple[RenderableType, ...]:
    variants, places = product.variants or [], product.categories or []
    stock = sum(variant.stock for variant in variants)
    names = [place.category.name for place in places if place.category]
    price = Text(_money(product.price, product.currency))
    if product.compareAtPrice:
        price.stylize("green")
    amount = Text(str(stock), style="" if stock else "red")
    return product.title, price, amount, str(len(variants)), ", ".join(names)


def _statuses() -> list[str]:
    from lumi_db.generated.enums import OrderStatus

    return [status.value for status in OrderStatus]


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))


def _money(amount: Decimal, currency: str) -> str:
    return f"{amount:,.2f} {currency}"
