"""`lumi-db queries slow`: which queries were slow."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from lumi_db.config import Settings
from lumi_db.observability.observe import slow_query_folder
from lumi_db.observability.query_log import name_of, shorten
from lumi_db.observability.slow_queries import SlowQuery, read_slow_queries

from .console import Json, out, print_json


def slow(
    limit: Annotated[int, typer.Option(min=1, help="How many are shown.")] = 10, json_: Json = False
) -> None:
    """Show the statements that were slow (SLOW_QUERY_MS) in programs of the last days, the most time in all first.

    Programs keep them, without any value, in SLOW_QUERY_DIR. What a query does on the server: lumi-db queries explain.
    """
    folder = slow_query_folder(Settings.load())
    found = read_slow_queries(folder)[:limit]
    if json_:
        print_json([asdict(one) for one in found])
    elif found:
        out.print(_table(found))
    else:
        out.print(f"No slow query is kept in {folder} (SLOW_QUERY_DIR).", soft_wrap=True, markup=False)


def _table(found: tuple[SlowQuery, ...]) -> Table:
    table = Table("query", "times", "all (ms)", "worst (ms)", "rows", "last", box=None, pad_edge=False)
    for one in found:
        place = f" at {one.caller}" if one.caller else ""
        last = datetime.fromtimestamp(one.last_at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(
            f"{name_of(one)}{place}\n{shorten(one.sql)}", str(one.count), f"{one.total * 1000:,.0f}",
            f"{one.worst * 1000:,.0f}", str(one.rows), last,
        )  # fmt: skip
    return table
