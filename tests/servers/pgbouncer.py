"""PgBouncer in transaction mode before a server of the tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from .cluster import USER, Cluster, free_port, give, server_place

PROGRAM = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin")


@contextmanager
def running_pgbouncer(cluster: Cluster, *, pool_size: int, **settings: str | int) -> Iterator[str]:
    """Give the URL of a PgBouncer before all databases of `cluster`, with `pool_size` connections to each."""
    assert PROGRAM is not None
    port = free_port()
    file = cluster.folder / f"pgbouncer-{port}.ini"
    file.write_text(_configuration(cluster, port, {"default_pool_size": pool_size, **settings}))
    give(file)
    account = server_place().account
    with (cluster.folder / f"pgbouncer-{port}.log").open("w") as log:
        process = subprocess.Popen(
            [PROGRAM, file],
            stdout=log,
            stderr=log,
            cwd="/",
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    try:
        _wait_for(port, process)
        yield f"postgresql://{USER}@127.0.0.1:{port}/postgres?pgbouncer=true"
    finally:
        process.terminate()
        process.wait(10)


def _configuration(cluster: Cluster, port: int, settings: Mapping[str, str | int]) -> str:
    users = cluster.folder / "users.txt"
    users.write_text(f'"{USER}" ""\n')
    give(users)
    values: dict[str, str | int] = {
        "listen_addr": "127.0.0.1",
        "listen_port": port,
        "unix_socket_dir": "",
        "auth_type": "trust",
        "auth_file": str(users),
        "pool_mode": "transaction",
        "max_client_conn": 1000,
        "server_idle_timeout": 5,
        **settings,
    }
    lines = "".join(f"{name} = {value}\n" for name, value in values.items())
    return f"[databases]\n* = host={cluster.folder} port={cluster.port}\n[pgbouncer]\n{lines}"


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("PgBouncer does not start.")
