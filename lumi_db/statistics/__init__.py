"""What PostgreSQL knows of itself: tables, indexes, statements, connections, locks and plans, read and judged.

Each `list_` and `read_` sends one to three statements over a connection of `reading`; each `find_…_faults` and
`find_plan_findings` judges what was read and asks nothing.
"""

from .connections import Connections, Group, Session, read_connections
from .errors import ExplainRefused, NotCounted, StatisticsError
from .explaining import Explained, explain_statement
from .index_faults import Fault, IndexFault, find_index_faults
from .indexes import (
    ForeignKey,
    IndexOrder,
    IndexUse,
    Role,
    find_counted_since,
    list_foreign_keys,
    list_indexes,
)
from .locks import Blocked, Chain, read_locks
from .plan_findings import PlanFinding, Problem, find_plan_findings
from .reading import find_blindness, reading
from .statements import Counted, StatementOrder, StatementUse, enable_statements, list_statements
from .tables import TableOrder, TableUse, list_tables

__all__ = [
    "Blocked",
    "Chain",
    "Connections",
    "Counted",
    "ExplainRefused",
    "Explained",
    "Fault",
    "ForeignKey",
    "Group",
    "IndexFault",
    "IndexOrder",
    "IndexUse",
    "NotCounted",
    "PlanFinding",
    "Problem",
    "Role",
    "Session",
    "StatementOrder",
    "StatementUse",
    "StatisticsError",
    "TableOrder",
    "TableUse",
    "enable_statements",
    "explain_statement",
    "find_blindness",
    "find_counted_since",
    "find_index_faults",
    "find_plan_findings",
    "list_foreign_keys",
    "list_indexes",
    "list_statements",
    "list_tables",
    "read_connections",
    "read_locks",
    "reading",
]
