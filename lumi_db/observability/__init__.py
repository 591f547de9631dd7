"""What the data layer tells about its work: the query log."""

from lumi_db.observability.logs import configure_logging
from lumi_db.observability.query_log import QueryLog

__all__ = ["QueryLog", "configure_logging"]
