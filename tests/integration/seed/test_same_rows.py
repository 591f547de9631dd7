"""Every run makes the same rows, on any day and whatever Python's hash seed is."""

from __future__ import annotations

import hashlib
import subprocess
import sys

from lumi_db import Database
from lumi_db.config import child_environment, project_root
from lumi_db.testing.databases import Databases

from .conftest import read_all, seed_at, settings_for

_PRINT_ROWS = """
import hashlib
from seed.profiles import get_profile
print(hashlib.sha256(repr([get_profile(name).plan().named for name in ("demo", "dev")]).encode()).hexdigest())
"""


async def test_two_databases_hold_the_same_bytes_but_for_the_password(databases: Databases) -> None:
    snapshots = []
    for _ in range(2):
        with databases.migrated() as url:
            await seed_at(url)
            async with Database(settings_for(url)) as db:
                rows = await read_all(db)
                hashed = await db.client.user.find_unique_or_raise(where={"email": "admin@lumi.com"})
                rows["User"] = [row.replace(hashed.passwordHash, "") for row in rows["User"]]
                snapshots.append(rows)
    assert snapshots[0] == snapshots[1]


def test_the_rows_do_not_depend_on_the_hash_seed() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", _PRINT_ROWS],
            cwd=project_root(),
            env=child_environment({"PYTHONHASHSEED": seed}),
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == hashlib.sha256().digest_size * 2
