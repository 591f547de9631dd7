"""`lumi-db metrics`: what Prometheus is told of the server."""

from __future__ import annotations

import asyncio
import signal
from functools import partial
from typing import Annotated

import typer

from lumi_db.client import table_names
from lumi_db.errors import SetupError
from lumi_db.server_metrics import Numbers, ServerMetrics, read_numbers

from .console import errors, settings_with_log
from .target import get_direct_target

TIMEOUT = 9.0
"""Seconds for one answer: less than the 10 that Prometheus waits."""

STOPPING = (signal.SIGTERM, signal.SIGINT)

app = typer.Typer(help="Tell Prometheus what the server knows of itself.", no_args_is_help=True)


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen at; 0.0.0.0 is all of this machine's.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="The port; 0 takes a free one.")] = 9187,
) -> None:
    """Answer at http://HOST:PORT/metrics until it is stopped: connections, locks, tables, migrations, audit.

    The database is asked when somebody asks here, at most every 5 s. What a program measures of itself it offers
    itself: docs/metrics.md.
    """
    from prometheus_client import CollectorRegistry, start_http_server

    registry = CollectorRegistry()
    registry.register(_collector())
    # before the server's threads, which inherit it: a signal that one of them took would not wake this one
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        reason = error.strerror or "it is not an address"
        raise SetupError(
            f"{host}:{port} cannot be listened at ({reason}): choose another --host or --port."
        ) from None
    errors.print(
        f"Metrics at http://{host}:{server.server_port}/metrics; Ctrl-C stops.", markup=False, soft_wrap=True
    )
    signal.sigwait(STOPPING)
    server.shutdown()
    thread.join()


@app.command("print")
def print_() -> None:
    """Print the metrics once, in the text format of Prometheus; exits with 1 where the database cannot be asked."""
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    registry.register(_collector())
    print(generate_latest(registry).decode(), end="")
    if registry.get_sample_value("lumi_db_server_up") != 1:
        raise typer.Exit(1)


def _collector() -> ServerMetrics:
    settings = settings_with_log(database_connect_retry_ms=0)
    url = get_direct_target().url
    read = partial(read_numbers, url, settings=settings, tables=sorted(table_names()))

    async def within_time() -> Numbers:
        async with asyncio.timeout(TIMEOUT):
            return await read()

    return ServerMetrics(lambda: asyncio.run(within_time()))
