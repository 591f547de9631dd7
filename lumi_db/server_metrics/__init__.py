"""What the server knows of itself, as metrics for Prometheus: `lumi-db metrics serve`."""

from .collector import FAMILIES, ServerMetrics
from .reading import Numbers, read_numbers

__all__ = ["FAMILIES", "Numbers", "ServerMetrics", "read_numbers"]
