"""What can go wrong when the database is asked about itself.

StatisticsError (a lumi_db.errors.SetupError)
 ├─ NotCounted        pg_stat_statements is not there
 └─ ExplainRefused    the statement cannot be explained, or may not be run

Every message is one sentence that names the cause and the remedy.
"""

from __future__ import annotations

from lumi_db.errors import SetupError


class StatisticsError(SetupError):
    """What was asked cannot be read; the message is one sentence with the remedy."""


class NotCounted(StatisticsError):
    """The server does not count its statements: pg_stat_statements is missing, not loaded or not created."""


class ExplainRefused(StatisticsError):
    """The statement cannot be explained, or may not be run."""
