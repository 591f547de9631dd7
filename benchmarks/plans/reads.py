"""Every way to read of every repository; a test compares this with their methods."""

from __future__ import annotations

from . import accounts, catalogue, trade

READS = (*catalogue.READS, *trade.READS, *accounts.READS)
