"""What is wrong with a plan, and what would mend it: judged from the plan alone.

What only running shows (rows that were removed, sorts on disk, loops) is found in plans of ANALYZE; without it, what
the planner expects is judged by the sizes of the tables.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lumi_db.maintenance import quote

from .index_faults import BIG, create_index, prisma_index
from .plan_nodes import Node, Path, walk
from .proposing import find_order, propose_columns

LOOPS = 100
"""Readings of a whole table in one statement from which they are too many."""
WRONG = 10
"""How many times more or fewer rows than expected lead the planner astray."""
WASTED = 0.9
"""The part of the rows read that a filter throws away from which an index is missing."""
FEW = 1_000
"""Rows below which nothing of this matters."""
_COMPLETE = frozenset({"Sort", "Hash", "Aggregate", "Materialize"})
_PARTIAL = frozenset({"Bitmap Index Scan", "BitmapAnd", "BitmapOr"})


class Problem(StrEnum):
    """What can be wrong with a plan."""

    MISSING_INDEX = "missing index"
    WIDE_FILTER = "wide filter"
    LOOP = "loop over a table"
    SPILL = "spill to disk"
    ESTIMATE = "wrong estimate"
    HEAP_FETCHES = "heap fetches"


@dataclass(frozen=True, slots=True)
class PlanFinding:
    """What is wrong at a node, what to do in words, the SQL that does it, and the line of schema.prisma for it."""

    problem: Problem
    node: str
    table: str | None
    told: str
    remedy: str
    sql: str = ""
    prisma: str = ""


Check = Callable[[Node, Path, Mapping[str, int]], PlanFinding | None]


def find_plan_findings(plan: Node, *, rows: Mapping[str, int] | None = None) -> tuple[PlanFinding, ...]:
    """Return what is wrong with the plan whose root is `plan` (EXPLAIN's "Plan"), from the root down.

    `rows` are those of the tables; with them a plan that did not run is judged too. Of several nodes whose estimates
    are wrong the lowest are named: the others follow from them.
    """
    found: dict[tuple[object, ...], PlanFinding] = {}
    for node, above in walk(plan):
        for check in _CHECKS:
            one = check(node, above, rows or {})
            if one is not None:
                found.setdefault((one.problem, one.table, one.sql or one.told), one)
    return tuple(found.values())


def _check_scan(node: Node, above: Path, rows: Mapping[str, int]) -> PlanFinding | None:
    if node["Node Type"] != "Seq Scan" or _loops(node, above) >= LOOPS:
        return None
    table = node["Relation Name"]
    read, kept = _read(node, rows), _kept(node)
    if read < BIG:
        return None
    if kept > read * (1 - WASTED):
        return _check_order(node, above, read)
    verb = "keeps" if _ran(node) else "is expected to keep"
    told = f"All of {table} is read, about {read:,.0f} rows, and the filter {verb} {kept:,.0f}: {node['Filter']}."
    return _missing(Problem.MISSING_INDEX, node, above, told)


def _check_order(scan: Node, above: Path, read: float) -> PlanFinding | None:
    """Judge a scan that keeps most of its rows, of which perhaps the first few of an order are wanted."""
    wanted = min((node["Plan Rows"] for node in above if node["Node Type"] == "Limit"), default=read)
    if wanted > read * (1 - WASTED) or not find_order(scan, above):
        return None
    told = f"All of {scan['Relation Name']} is read, about {read:,.0f} rows, for the first {wanted:,} of an order."
    return _missing(Problem.MISSING_INDEX, scan, above, told)


def _check_filter(node: Node, above: Path, rows: Mapping[str, int]) -> PlanFinding | None:
    if node["Node Type"] not in ("Index Scan", "Bitmap Heap Scan") or not _ran(node):
        return None
    loops, removed = node["Actual Loops"], node.get("Rows Removed by Filter", 0)
    kept = node["Actual Rows"]
    if removed * loops < FEW or kept > (removed + kept) * (1 - WASTED):
        return None
    told = (
        f"The index finds {(removed + kept) * loops:,.0f} rows of {node['Relation Name']}, and the filter after it "
        f"keeps {kept * loops:,.0f}: {node['Filter']}."
    )
    return _missing(Problem.WIDE_FILTER, node, above, told)


def _check_loop(node: Node, above: Path, rows: Mapping[str, int]) -> PlanFinding | None:
    if node["Node Type"] == "Nested Loop" and node.get("Rows Removed by Join Filter", 0) >= BIG:
        return _kept_in_memory(node, above)
    if node["Node Type"] != "Seq Scan" or (loops := _loops(node, above)) < LOOPS:
        return None
    table = node["Relation Name"]
    if _read(node, rows) * loops < BIG:
        return None
    verb = "is read" if _ran(node) else "is expected to be read"
    return _missing(
        Problem.LOOP, node, above, f"All of {table} {verb} {loops:,.0f} times, once for each row beside it."
    )


def _kept_in_memory(loop: Node, above: Path) -> PlanFinding | None:
    """Judge a nested loop that compares each row with all that are kept of a table."""
    path = (*above, loop)
    inner = loop["Plans"][1]
    while inner["Node Type"] in ("Materialize", "Memoize"):
        path, inner = (*path, inner), inner["Plans"][0]
    if inner["Node Type"] != "Seq Scan":
        return None
    removed = loop["Rows Removed by Join Filter"]
    told = f"Every row is compared with all of {inner['Relation Name']}: {removed:,.0f} pairs did not fit."
    return _missing(Problem.LOOP, inner, path, told)


def _check_spill(node: Node, above: Path, rows: Mapping[str, int]) -> PlanFinding | None:
    if node.get("Sort Space Type") == "Disk":
        kilobytes, what = node["Sort Space Used"], f"The sort by {', '.join(node['Sort Key'])}"
    elif node.get("Hash Batches", 1) > 1:
        kilobytes, what = (
            node.get("Peak Memory Usage", 0) * node["Hash Batches"],
            "The hash table of the join",
        )
    elif node.get("Disk Usage", 0):
        kilobytes, what = node["Disk Usage"], "The hash table of the groups"
    else:
        return None
    return PlanFinding(
        Problem.SPILL, _name(node), None,
        f"{what} did not fit into work_mem and went to disk, about {kilobytes / 1024:,.1f} MB.",
        "Ask for fewer rows or columns, let an index give the order, or give this statement more memory in its "
        "transaction (a sort needs up to three times in memory what it takes on disk):",
        f"SET LOCAL work_mem = '{max(4, -(-kilobytes * 3 // 1024))}MB';",
    )  # fmt: skip


def _check_estimate(node: Node, above: Path, rows: Mapping[str, int]) -> PlanFinding | None:
    if not _is_wrong(node, above) or any(
        _is_wrong(one, path) for one, path in walk(node, above) if one is not node
    ):
        return None
    expected, found = node["Plan Rows"], node["Actual Rows"]
    table = node.get("Relation Name")
    what = f"of {table}" if table else "here"
    told = f"{expected:,} rows were expected {what} and {found:,.0f} came ({_name(node)})."
    tables = (
        [table]
        if table
        else sorted({one["Relation Name"] for one, _ in walk(node) if "Relation Name" in one})
    )
    # of what a function gives nobody keeps statistics
    if not tables:
        return None
    return PlanFinding(
        Problem.ESTIMATE, _name(node), table, told,
        "Let the server look at the table again; where that changes nothing, the columns of the condition depend on "
        "each other: CREATE STATISTICS on them.",
        " ".join(f"ANALYZE {quote(one)};" for one in tables),
    )  # fmt: skip


def _check_fetches(node: Node, above: Path, rows: Mapping[str, int]) -> PlanFinding | None:
    fetches = node.get("Heap Fetches", 0)
    if fetches < FEW or fetches * 10 < node["Actual Rows"] * node["Actual Loops"]:
        return None
    table = node["Relation Name"]
    return PlanFinding(
        Problem.HEAP_FETCHES, _name(node), table,
        f"The index {node['Index Name']} has all that is asked for, and {table} was read {fetches:,} times "
        "nevertheless, to see whether the rows are visible.",
        "Vacuum the table, and let autovacuum come more often if that helps for a while only:",
        f"VACUUM {quote(table)};",
    )  # fmt: skip


_CHECKS: tuple[Check, ...] = (
    _check_scan,
    _check_filter,
    _check_loop,
    _check_spill,
    _check_estimate,
    _check_fetches,
)


def _missing(problem: Problem, node: Node, above: Path, told: str) -> PlanFinding:
    table, columns = node["Relation Name"], propose_columns(node, above)
    if not columns:
        remedy = (
            "No index on columns serves this condition: write it as comparisons of columns, or ask for less."
        )
        return PlanFinding(problem, _name(node), table, told, remedy)
    return PlanFinding(
        problem, _name(node), table, told,
        f"An index on {', '.join(columns)} finds them without reading the others:",
        create_index(table, columns), prisma_index(columns),
    )  # fmt: skip


def _is_wrong(node: Node, above: Path) -> bool:
    if not _ran(node) or node["Node Type"] in _PARTIAL:
        return False
    expected, found = max(node["Plan Rows"], 1), max(node["Actual Rows"], 1)
    if max(expected, found) * node["Actual Loops"] < FEW:
        return False
    return found > expected * WRONG or (expected > found * WRONG and not _may_stop(node, above))


def _may_stop(node: Node, above: Path) -> bool:
    """Tell whether somebody above has perhaps not asked for all of the node's rows."""
    child = node
    for parent in reversed(above):
        kind = parent["Node Type"]
        if kind in ("Limit", "Merge Join") or parent.get("Join Type") in ("Semi", "Anti"):
            return True
        if kind in _COMPLETE or child.get("Parent Relationship") in ("InitPlan", "SubPlan"):
            return kind not in _COMPLETE
        child = parent
    return False


def _ran(node: Node) -> bool:
    return bool(node.get("Actual Loops"))


def _loops(node: Node, above: Path) -> float:
    """Return how often a node is read; without ANALYZE the rows beside it in a nested loop, as expected."""
    if _ran(node):
        return float(node["Actual Loops"]) if not _is_parallel(node) else 1.0
    parent = above[-1] if above else None
    if parent and parent["Node Type"] == "Nested Loop" and node.get("Parent Relationship") == "Inner":
        return float(parent["Plans"][0]["Plan Rows"])
    return 1.0


def _is_parallel(node: Node) -> bool:
    # each of its loops is a worker's, which reads a part
    return bool(node.get("Parallel Aware"))


def _read(node: Node, rows: Mapping[str, int]) -> float:
    """Return how many rows one reading of a table goes through."""
    if not _ran(node):
        return float(rows.get(node["Relation Name"], 0))
    once = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return float(once * node["Actual Loops"] if _is_parallel(node) else once)


def _kept(node: Node) -> float:
    if not _ran(node):
        return float(node["Plan Rows"])
    return float(node["Actual Rows"] * (node["Actual Loops"] if _is_parallel(node) else 1))


def _name(node: Node) -> str:
    table = node.get("Relation Name")
    return f"{node['Node Type']} on {table}" if table else str(node["Node Type"])
