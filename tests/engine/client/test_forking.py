"""A process that forks while its client is connected."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

from tests.engine.conftest import DATAMODEL

PROGRAM = """
import asyncio, os, sys
from lumi_db.engine import in_process
from tests.engine.blog.generated import Prisma

async def count(client):
    return await client.tag.count()

with asyncio.Runner() as runner:
    client = in_process(Prisma, datamodel=sys.argv[1])(datasource={"url": sys.argv[2]}, use_dotenv=False)
    runner.run(client.connect())
    manager = client.tx()
    tx = runner.run(manager.start())
    runner.run(tx.tag.create({"name": "a"}))
    child = os.fork()
    if child == 0:
        with asyncio.Runner() as own:
            for one in (client, tx):
                try:
                    own.run(count(one))
                except Exception as error:
                    print(error, flush=True)
            own.run(client.disconnect())
        # Not os._exit: all that Python does at the end of a program happens in the child, too.
        raise SystemExit(0)
    status = os.waitpid(child, 0)[1]
    runner.run(manager.commit())
    print("child", status, "tags", runner.run(count(client)))
    runner.run(client.disconnect())
"""


def test_a_forked_child_gets_a_clear_error_and_its_end_harms_nothing(blog: ModuleType, blog_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, DATAMODEL, blog_url],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    refusal = "The client was connected before a fork; connect a new one in each process."
    told = done.stdout.splitlines()
    assert len(told) == 3
    assert all(refusal in line for line in told[:2])
    assert told[2] == "child 0 tags 1"
