"""A query engine for prisma-client-py inside the Python process: any schema, PostgreSQL over asyncpg.

The stages of a call, each a folder or file here: `shape` → `bind` → `plan` → `sql` → `driver` → `results`.
"""

from .client import in_process
from .datamodel import Datamodel
from .errors import EngineError
from .events import EventHub, LeakEvent, OperationEvent, QueryEvent
from .explaining import QueryPlan
from .histogram import BOUNDS, Histogram
from .metrics import ClientStatistics
from .options import EngineOptions
from .policies import Policies
from .transacting import after_commit, locking, run

__all__ = [
    "BOUNDS",
    "ClientStatistics",
    "Datamodel",
    "EngineError",
    "EngineOptions",
    "EventHub",
    "Histogram",
    "LeakEvent",
    "OperationEvent",
    "Policies",
    "QueryEvent",
    "QueryPlan",
    "after_commit",
    "in_process",
    "locking",
    "run",
]
