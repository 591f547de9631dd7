"""The program that `test_shutdown.py` runs: one statement of `seconds`, and the signals handled."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from types import FrameType

from lumi_db import Database, Settings


async def main(seconds: float, bound_ms: int, *, has_own_handler: bool) -> None:
    db = Database(Settings.load(database_shutdown_ms=bound_ms, query_timeout_ms=0))

    def own_handler(_number: int, _frame: FrameType | None) -> None:
        print(f"own handler, database open: {db.is_open}", flush=True)
        os._exit(7)

    if has_own_handler:
        signal.signal(signal.SIGTERM, own_handler)
    await db.open()
    db.close_on_signals()
    asyncio.get_running_loop().call_later(0.2, lambda: print("running", flush=True))
    await db.client.query_raw("SELECT pg_sleep($1::float8)::text AS slept", seconds)
    print("finished", flush=True)
    await asyncio.sleep(60)


if __name__ == "__main__":
    bound = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    asyncio.run(main(float(sys.argv[1]), bound, has_own_handler="own-handler" in sys.argv))
