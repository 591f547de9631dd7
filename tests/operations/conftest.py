"""Servers of the tests' own; what needs a program of Debian is skipped where that is missing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.servers.certificates import OPENSSL, Certificates
from tests.servers.cluster import (
    QUICK,
    Cluster,
    debian_programs,
    give,
    own_folder,
    running_cluster,
    running_standby,
    wheel_programs,
)
from tests.servers.pgbouncer import PROGRAM, running_pgbouncer

CLOSING = 5.0
HBA = """
local all all trust
host open all 127.0.0.1/32 trust
hostssl certified all 127.0.0.1/32 cert
hostssl all all 127.0.0.1/32 trust
"""


@pytest_asyncio.fixture(autouse=True)
async def closed_sockets() -> AsyncIterator[None]:
    """Wait at the end for connections that are closing.

    One that the server refused over TLS waits for the server to end TLS as well. A loop that ends before leaves its
    socket to the garbage collector, which warns in the middle of some later test.
    """
    yield
    sockets: Any = asyncio.get_running_loop()
    end = sockets.time() + CLOSING
    # its own waking-up is the one that stays
    while len(sockets._selector.get_map()) > 1 and sockets.time() < end:  # noqa: ASYNC110 - nothing tells
        await asyncio.sleep(0.01)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Give a server of the wheel."""
    with own_folder() as folder, running_cluster(folder, wheel_programs()) as made:
        yield made


@pytest.fixture(scope="module")
def pgbouncer(cluster: Cluster) -> Iterator[str]:
    """Give the URL of a PgBouncer that has two connections to each database, and takes turns with them."""
    if PROGRAM is None:
        # .ci/run installs it, and there a skip is a failure
        pytest.skip("needs the Debian package pgbouncer")
    with running_pgbouncer(cluster, pool_size=2, server_round_robin=1, server_login_retry=1) as url:
        yield url


@pytest.fixture
def folder() -> Iterator[Path]:
    with own_folder() as made:
        yield made


@pytest.fixture
def pair(folder: Path) -> Iterator[tuple[Cluster, Cluster]]:
    """Give a primary and a standby that streams from it."""
    with running_cluster(folder, wheel_programs()) as primary, running_standby(primary) as standby:
        yield primary, standby


@pytest.fixture(scope="module")
def secured() -> Iterator[tuple[Cluster, Certificates]]:
    """Give a server that asks for TLS, and a client certificate for the database `certified`."""
    programs = debian_programs()
    if programs is None or OPENSSL is None:
        # .ci/run installs it, and there a skip is a failure
        pytest.skip("needs the Debian packages postgresql and openssl: the wheel's server has no TLS")
    with own_folder() as folder:
        certificates = Certificates(folder)
        certificates.make()
        for file in folder.iterdir():
            give(file)
        tls = {
            "ssl": "on",
            "ssl_ca_file": str(certificates.authority),
            "ssl_cert_file": str(folder / "server.crt"),
            "ssl_key_file": str(folder / "server.key"),
        }
        with running_cluster(folder, programs, settings={**QUICK, **tls}, hba=HBA) as made:
            for database in ("open", "certified"):
                made.run("createdb", "-h", str(folder), "-p", str(made.port), "-U", "lumi", database)
            yield made, certificates
