"""The integration tests once more, with PgBouncer in transaction mode between them and PostgreSQL."""

from __future__ import annotations

import subprocess
import sys

import pytest

from lumi_db.config import child_environment
from tests.servers.cluster import ROOT, Cluster
from tests.servers.pgbouncer import PROGRAM, running_pgbouncer

pytestmark = pytest.mark.long

_LEAST = 1_000
_COMMAND = ("-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-p", "no:cacheprovider")
_WHICH = ("tests/integration", "-m", "not long and not direct")


def test_the_integration_tests_pass_behind_pgbouncer(cluster: Cluster) -> None:
    """Those that need the server itself are marked `direct`, with the reason; make no database through it."""
    if PROGRAM is None:
        # .ci/run installs it, and there a skip is a failure
        pytest.skip("needs the Debian package pgbouncer")
    # Consecutive statements go to different connections of the server, and some tests need many at once.
    with running_pgbouncer(cluster, pool_size=20, server_round_robin=1) as pooler:
        # Variables of coverage and of xdist's worker are of this process, not of that.
        inherited = {
            name: None for name in child_environment() if name.startswith(("COV", "PYTEST", "DATABASE_URL"))
        }
        done = subprocess.run(
            [sys.executable, *_COMMAND, "--lumi-pooler", pooler, *_WHICH],
            cwd=ROOT,
            env=child_environment({**inherited, "TEST_DATABASE_URL": cluster.socket_url}),
            capture_output=True,
            text=True,
            timeout=1_500,
        )
    assert done.returncode == 0, done.stdout[-8_000:]
    passed = int(done.stdout.rpartition(" passed")[0].rpartition("\n")[2].rpartition(" ")[2] or 0)
    assert passed > _LEAST
