"""A plan in words: what each node does, how much it was expected to give, and what it gave and took."""

from __future__ import annotations

from .plan_nodes import Node

_WORDS = {
    "Seq Scan": "read all of {table}",
    "Index Scan": "look up {table} by {index}",
    "Index Only Scan": "read {index} alone, for {table}",
    "Bitmap Heap Scan": "read the pages of {table} that were noted",
    "Bitmap Index Scan": "note the pages found by {index}",
    "BitmapAnd": "take the pages noted by all",
    "BitmapOr": "take the pages noted by any",
    "Tid Scan": "read rows of {table} by their place",
    "Nested Loop": "for each row of the first, look up the second",
    "Hash Join": "join by a hash table",
    "Merge Join": "join two sorted streams",
    "Hash": "make the hash table",
    "Sort": "sort by {keys}",
    "Incremental Sort": "sort further by {keys}",
    "Limit": "stop after the first rows",
    "Aggregate": "aggregate",
    "Group": "group",
    "Unique": "leave out what is double",
    "Materialize": "keep the rows for the next time",
    "Memoize": "keep the rows of each key",
    "Gather": "gather from parallel workers",
    "Gather Merge": "gather from parallel workers, in order",
    "Append": "take one after the other",
    "ModifyTable": "{operation} {table}",
    "LockRows": "lock the rows",
    "Result": "compute",
    "WindowAgg": "compute over windows",
    "CTE Scan": "read the WITH query {cte}",
    "Subquery Scan": "read the subquery {alias}",
    "Function Scan": "read what {function} gives",
    "Values Scan": "read the values",
}
_DETAILS = (
    "Index Cond",
    "Hash Cond",
    "Merge Cond",
    "Join Filter",
    "Recheck Cond",
    "Filter",
    "Group Key",
)


def describe_node(node: Node) -> str:
    """Return what a node does, with PostgreSQL's name for it: `read all of Order o (Seq Scan)`."""
    kind = str(node["Node Type"])
    table, alias = node.get("Relation Name", "a table"), node.get("Alias")
    names = {
        "table": f"{table} {alias}" if alias and alias != table else table,
        "index": node.get("Index Name", "an index"),
        "keys": ", ".join(node.get("Sort Key", ())),
        "operation": str(node.get("Operation", "write")).lower(),
        "cte": node.get("CTE Name", ""),
        "alias": alias or "",
        "function": node.get("Function Name", "a function"),
    }
    words = _WORDS.get(kind)
    return f"{words.format_map(names)} ({kind})" if words else kind


def describe_cost(node: Node) -> str:
    """Return rows, cost and, where it ran, time: `12 rows (10 expected), cost 35.5, 0.4 ms`."""
    expected, cost = node["Plan Rows"], f"cost {node['Total Cost']:,.1f}"
    if "Actual Loops" not in node:
        return f"{_rows(expected)} expected, {cost}"
    loops = node["Actual Loops"]
    if not loops:
        return f"never run ({_rows(expected)} expected), {cost}"
    told = f"{_rows(node['Actual Rows'])} ({expected:,} expected), {cost}"
    # a node's figures are of one loop
    if "Actual Total Time" in node:
        told += f", {node['Actual Total Time'] * loops:,.1f} ms"
    return f"{told} in {loops:,} loops" if loops > 1 else told


def list_details(node: Node) -> tuple[str, ...]:
    """Return the conditions of a node and what they left out, a line each."""
    found = [f"{name}: {_text(node[name])}" for name in _DETAILS if name in node]
    counts = ("Rows Removed by Filter", "Rows Removed by Join Filter", "Heap Fetches")
    found += [f"{name}: {node[name]:,}" for name in counts if node.get(name)]
    if "Sort Method" in node:
        place = "on disk" if node["Sort Space Type"] == "Disk" else "in memory"
        found.append(f"Sort Method: {node['Sort Method']}, {node['Sort Space Used']:,} kB {place}")
    return tuple(found)


def _rows(count: float) -> str:
    shown = f"{count:,.0f}" if count == int(count) or count >= 10 else f"{count:,.1f}"
    return f"{shown} row{'' if shown == '1' else 's'}"


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
