"""What `lumi-db stats` prints for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from lumi_db.statistics import (
    Blocked,
    Chain,
    Connections,
    Counted,
    Fault,
    IndexFault,
    IndexUse,
    Session,
    TableUse,
)

from .console import out

Counts = tuple[Counted, str | None]
MANY_DEAD = 0.2
WIDE = 100
LEAST_NAME = 6
LONGEST_SQL = 160
_UNITS = ("B", "kB", "MB", "GB", "TB")
_NUMBERS: dict[str, Any] = {"justify": "right", "no_wrap": True}


def tables(found: Sequence[TableUse], *, limit: int, since: datetime | None) -> None:
    """Print the first `limit` tables; a narrow terminal gets the whole size without its parts."""
    is_wide = out.width >= WIDE
    parts = ("Heap", "Indexes", "Toast") if is_wide else ()
    shown = _table("Table", "Rows", "Total", *parts, "Dead", "Vacuum", "Analyze", "Seq scans", "By index")
    for one in found[:limit]:
        dead = Text(f"{one.dead:,} {one.dead_share:.0%}", style="red" if one.dead_share > MANY_DEAD else "")
        sizes = (one.total, one.heap, one.indexes, one.toast) if is_wide else (one.total,)
        shown.add_row(
            _named(one.schema, one.name), f"{one.rows:,}", *map(size, sizes), dead,
            ago(one.vacuumed_at), ago(one.analyzed_at), f"{one.seq_scans:,}", f"{one.index_scans:,}",
        )  # fmt: skip
    out.print(shown)
    _rest(len(found), limit)
    out.print(f"[dim]Rows are estimated. {counted_since(since)}[/]", soft_wrap=True)


def indexes(
    found: Sequence[IndexUse], faults: Sequence[IndexFault], *, limit: int, since: datetime | None
) -> None:
    """Print the first `limit` indexes, and every fault with its remedy."""
    shown = _table("Index", "Size", "Scans", "Of", "Needed by")
    for one in found[:limit]:
        columns = ", ".join(column or "(expression)" for column in one.columns)
        of = f"{_named(one.schema, one.table)} ({columns})"
        shown.add_row(Text(one.name), size(one.size), f"{one.scans:,}", Text(of), str(one.role))
    out.print(shown)
    _rest(len(found), limit)
    out.print(f"[dim]{counted_since(since)}[/]", soft_wrap=True)
    unused = [one for one in faults if one.fault is Fault.UNUSED]
    for fault in faults:
        if fault.fault is not Fault.UNUSED:
            out.print(f"\n[yellow]![/] [bold]{fault.fault}[/] ", end="")
            out.print(fault.told, markup=False, soft_wrap=True)
            remedy(fault.sql, fault.prisma)
    if unused:
        _unused(unused)
    if any(fault.sql for fault in faults):
        out.print(
            "\n[dim]Each SQL is a migration of its own: lumi-db migrate new NAME --empty; + and - are lines of the "
            "model in schema.prisma.[/]",
            soft_wrap=True,
        )


def statements(counted: Counted, *, limit: int) -> None:
    """Print the first `limit` statements."""
    shown = _table("Share", "Total", "Calls", "Mean", "Max", "Rows", "Statement")
    for one in counted.statements[:limit]:
        sql = Text(shorten(one.sql, LONGEST_SQL))
        times = (milliseconds(one.mean), milliseconds(one.longest))
        shown.add_row(
            f"{one.share:.1%}", milliseconds(one.total), f"{one.calls:,}", *times, f"{one.rows:,}", sql
        )
    shown.columns[-1].no_wrap = False
    out.print(shown)
    _rest(len(counted.statements), limit)
    out.print(f"[dim]{counted_since(counted.since)}[/]", soft_wrap=True)


def connections(found: Connections, *, limit: int) -> None:
    """Print how many there are, of what kinds, and the sessions with a transaction."""
    free = found.most - found.reserved - found.used
    out.print(
        f"[bold]{found.used}[/] of {found.most} connections are used; {max(free, 0)} are free "
        f"and {found.reserved} are kept for administrators.",
        soft_wrap=True,
    )
    shown = _table(
        "State", "Connections", "User", "Application", "Waits for", "Oldest transaction", "Oldest query"
    )
    for one in found.groups:
        shown.add_row(
            state(one.state), str(one.connections), _text(one.user), _text(one.application), _text(one.waits_for),
            seconds(one.oldest_transaction), seconds(one.oldest_query),
        )  # fmt: skip
    if found.sessions:
        out.print(shown)
    open_ones = [one for one in found.sessions if one.transaction_seconds is not None]
    for session in open_ones[:limit]:
        _session(session)
    _rest(len(open_ones), limit)


def locks(found: Sequence[Chain], *, limit: int) -> None:
    """Print who waits for whom as trees."""
    if not found:
        out.print("Nobody waits for a lock.")
    for one in found[:limit]:
        out.print(_tree(one))
    _rest(len(found), limit)


def remedy(sql: str, prisma: str) -> None:
    """Print the SQL that mends something, and the line of schema.prisma that goes with it."""
    for line in filter(None, (sql, prisma)):
        out.print(f"    {line}", style="cyan", markup=False, soft_wrap=True)


def size(count: int | None) -> str:
    """Return a number of bytes as people say it; None is a table that somebody has locked."""
    if count is None:
        return "locked"
    value, unit = float(count), 0
    while value >= 1024 and unit < len(_UNITS) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:,.0f} {_UNITS[unit]}" if value >= 10 or not unit else f"{value:,.1f} {_UNITS[unit]}"


def ago(moment: datetime | None) -> str:
    """Return how long ago something was, or that it never was."""
    return "never" if moment is None else seconds((datetime.now(UTC) - moment).total_seconds())


def seconds(count: float | None) -> str:
    """Return an age as people say it: 0.3 s, 12 min, 5 h, 3 d."""
    if count is None:
        return ""
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if count >= 2 * length:
            return f"{count / length:.0f} {unit}"
    return f"{max(count, 0):.1f} s" if count < 10 else f"{count:.0f} s"


def milliseconds(count: float) -> str:
    """Return a time as people say it: 0.21 ms, 35 ms, 12 min."""
    if count >= 10_000:
        return seconds(count / 1000)
    return f"{count:.2f} ms" if count < 10 else f"{count:,.0f} ms"


def counted_since(since: datetime | None) -> str:
    """Return since when the numbers count."""
    if since is None:
        return "Counted on this server since its data was made, or since it last crashed."
    return f"Counted on this server since {since.astimezone(UTC):%Y-%m-%d %H:%M} UTC."


def shorten(text: str, longest: int) -> str:
    """Cut a text to `longest` characters."""
    return text if len(text) <= longest else f"{text[: longest - 2]} …"


def state(name: str | None) -> Text:
    """Return a session's state, red where it holds a transaction open and does nothing."""
    style = "bold red" if (name or "").startswith("idle in transaction") else ""
    return Text(name or "hidden", style=style)


def _unused(found: Sequence[IndexFault]) -> None:
    out.print(
        "\n[yellow]![/] [bold]unused[/] No query has read by these, and no key or rule needs them. Before you drop "
        "one, look on the standbys, which count for themselves, and let a month with all its work pass:",
        soft_wrap=True,
    )
    for one in found:
        remedy(f"{one.sql}{f'  {one.prisma}' if one.prisma else ''}", "")


def _session(one: Session) -> None:
    age = f"{seconds(one.transaction_seconds)} in a transaction"
    if one.query_seconds is not None:
        age += f", {seconds(one.query_seconds)} in this statement"
    elif one.is_idle_in_transaction:
        age += f", idle for {seconds(one.state_seconds)}"
    out.print(
        Text.assemble("\n", (f"{one.pid} ", "bold"), state(one.state), f" {one.user}: {age}"), soft_wrap=True
    )
    out.print(f"    {shorten(one.sql, LONGEST_SQL)}", style="dim", markup=False, soft_wrap=True)


def _tree(one: Chain) -> Tree:
    tree = Tree(_label(one), guide_style="dim")
    _grow(tree, one)
    return tree


def _grow(tree: Tree, one: Chain) -> None:
    for other in one.waiting:
        _grow(tree.add(_label(other)), other)


def _label(one: Chain) -> Text:
    who = one.session
    name = f"{who.pid} {who.user or ''}" if who.pid else "a prepared transaction"
    label = Text.assemble((name.strip(), "bold"), f" {who.application or ''} ".rstrip())
    if who.blockers:
        label.append(f" has waited {seconds(who.waits_seconds)} for {_wanted(who)}", style="yellow")
    else:
        noun = "session" if one.size == 1 else "sessions"
        label.append(f" {who.state or ''}".rstrip())
        label.append(f" keeps {one.size} {noun} waiting", style="red")
        if who.transaction_seconds is not None:
            label.append(f", its transaction is {seconds(who.transaction_seconds)} old")
    if who.sql:
        label.append(f"\n{shorten(who.sql, LONGEST_SQL)}", style="dim")
    if not who.blockers and one.sql:
        label.append(f"\n{one.sql}", style="cyan")
    return label


def _wanted(who: Blocked) -> str:
    """Return what a session waits for: who wants a row waits for the transaction that has it."""
    if who.kind in ("transactionid", "tuple"):
        return f"a row of {who.relation}" if who.relation else "a row"
    return f"{who.mode or 'a lock'} on {who.relation or who.kind}"


def _table(first: str, *others: str) -> Table:
    shown = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    shown.add_column(first, no_wrap=True, min_width=LEAST_NAME)
    for name in others:
        shown.add_column(name, **_column(name))
    return shown


def _column(name: str) -> dict[str, Any]:
    words = ("Statement", "Of", "Needed by", "User", "Application", "Waits for")
    return {} if name in words else _NUMBERS


def _named(schema: str, name: str) -> Text:
    return Text(name if schema == "public" else f"{schema}.{name}")


def _text(value: str | None) -> Text:
    return Text(value or "")


def _rest(count: int, limit: int) -> None:
    if count > limit:
        out.print(f"[dim]… and {count - limit:,} more: --limit {count}[/]")
