"""`lumi-db queries …`: what is slow about one statement."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from rich.tree import Tree

from lumi_db.config import Settings
from lumi_db.statistics import (
    Explained,
    ExplainRefused,
    PlanFinding,
    explain_statement,
    find_plan_findings,
    reading,
)
from lumi_db.statistics.explaining import TIMEOUT
from lumi_db.statistics.plan_nodes import Node
from lumi_db.statistics.plan_words import describe_cost, describe_node, list_details

from .console import Json, out, print_json, settings_with_log
from .slow_queries import slow
from .stats_tables import remedy
from .target import get_direct_target

NAME = "lumi-db queries"
STDIN = "-"

app = typer.Typer(help="See which statements were slow, and why one is.", no_args_is_help=True)


app.command()(slow)


@app.command()
def explain(
    sql: Annotated[
        str, typer.Argument(metavar="SQL", help="One statement, a file that holds it, or - for stdin.")
    ],
    parameters: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", help=r"The value of $1, then of $2 …; \N is NULL."),
    ] = None,
    analyze: Annotated[
        bool, typer.Option("--analyze", help="Run it, and roll back: true rows and times.")
    ] = False,
    timeout: Annotated[float, typer.Option(min=0.001, max=86_400, help="Seconds it may run.")] = TIMEOUT,
    yes: Annotated[
        bool, typer.Option("--yes", help="Needed to --analyze what writes where LUMI_ENV is production.")
    ] = False,
    json_: Json = False,
) -> None:
    """Show the plan of a statement in words, what is wrong with it, and the index or setting that would mend it.

    Without --analyze nothing runs. With it the statement does, triggers too; all is rolled back but the numbers that
    sequences gave. A statement with $1 and no --parameter gets the plan that the server would make for any values.
    """
    text = _read_sql(sql)
    may_write = yes or Settings.load().lumi_env != "production"
    found = asyncio.run(
        _explain(text, parameters or [], analyze=analyze, may_write=may_write, timeout=timeout)
    )
    findings = find_plan_findings(found.plan, rows=found.rows)
    if json_:
        print_json({**asdict(found), "findings": [asdict(one) for one in findings]})
    else:
        _show(found, findings)


async def _explain(
    sql: str, parameters: list[str], *, analyze: bool, may_write: bool, timeout: float
) -> Explained:
    url = get_direct_target().url
    settings = settings_with_log(database_url=url)
    async with reading(url, settings=settings, name=NAME) as connection:
        return await explain_statement(
            connection, sql, parameters=parameters, analyze=analyze, may_write=may_write, timeout=timeout
        )


def _read_sql(given: str) -> str:
    """Return the statement: from stdin, from a file of that name, or what was given itself."""
    try:
        if given == STDIN:
            return sys.stdin.buffer.read().decode()
        if _is_word(given) or Path(given).is_file():
            return Path(given).read_text(encoding="utf-8") if given.strip() else ""
    except UnicodeDecodeError:
        raise ExplainRefused(f"{_source(given)} is not text in UTF-8: give the SQL as that.") from None
    except OSError as error:
        if _is_word(given):
            reason = error.strerror or type(error).__name__
            raise ExplainRefused(
                f"Cannot read {given} ({reason}): give a file, one statement, or -."
            ) from None
    return given


def _is_word(given: str) -> bool:
    """Tell whether this can be no statement: one of a single word has no plan."""
    return len(given.split()) < 2


def _source(given: str) -> str:
    return "stdin" if given == STDIN else given


def _show(found: Explained, findings: tuple[PlanFinding, ...]) -> None:
    out.print(_tree(found.plan))
    if found.execution_ms is not None:
        out.print(
            f"Planned in {found.planning_ms:,.1f} ms, ran in {found.execution_ms:,.1f} ms, and was rolled back.",
            soft_wrap=True,
        )
    if found.is_generic:
        out.print(
            "[dim]A plan for any values of the parameters; --parameter shows the one for yours.[/]",
            soft_wrap=True,
        )
    for one in findings:
        out.print(f"\n[yellow]![/] [bold]{one.problem}[/] ", end="")
        out.print(one.told, markup=False, soft_wrap=True)
        out.print(f"  {one.remedy}", markup=False, soft_wrap=True)
        remedy(one.sql, f"+ {one.prisma}" if one.prisma else "")
    if any(one.sql.startswith("CREATE INDEX") for one in findings):
        out.print(
            "\n[dim]An index is a migration of its own: lumi-db migrate new NAME --empty; + is a line of its model in "
            "schema.prisma.[/]",
            soft_wrap=True,
        )
    if not findings:
        out.print(
            "[green]✓[/] Nothing is wrong with this plan." + ("" if found.execution_ms else _HINT),
            soft_wrap=True,
        )


_HINT = " [dim]--analyze looks at what running shows.[/]"


def _tree(node: Node) -> Tree:
    tree = Tree(_label(node), guide_style="dim")
    _grow(tree, node)
    return tree


def _grow(tree: Tree, node: Node) -> None:
    for child in node.get("Plans", ()):
        _grow(tree.add(_label(child)), child)


def _label(node: Node) -> Text:
    label = Text.assemble((describe_node(node), "bold"), " — ", describe_cost(node))
    for line in list_details(node):
        label.append(f"\n  {line}", style="dim")
    return label
