"""What the data layer tells about its work: logs, metrics, slow and repeated queries.

`metrics` and `asgi` load prometheus_client, so they are imported where they are needed only.
"""

from lumi_db.observability.incidents import Incidents
from lumi_db.observability.logs import configure_logging
from lumi_db.observability.observe import observe
from lumi_db.observability.query_log import QueryLog

__all__ = ["Incidents", "QueryLog", "configure_logging", "observe"]
