"""PostgreSQL for the engine: connections, transactions and errors. asyncpg is imported here only."""

from .driver import Driver
from .held import LAST_WAIT
from .limits import PoolLimits
from .pool import PoolStats
from .raw import RawResult
from .session import Rows, Session
from .url import Target, parse_url

__all__ = [
    "LAST_WAIT",
    "Driver",
    "PoolLimits",
    "PoolStats",
    "RawResult",
    "Rows",
    "Session",
    "Target",
    "parse_url",
]
