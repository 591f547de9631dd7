"""A request to cancel that comes to its end whatever becomes of the task and the event loop that wanted it.

PgBouncer 1.18 and 1.19 crash, for everybody, when the client of such a request leaves before it is answered:
https://github.com/pgbouncer/pgbouncer/pull/846
"""

from __future__ import annotations

import socket
import ssl
import struct
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

TIMEOUT = 5.0
Address = str | tuple[str, int]
_CANCEL, _TLS = 80877102, 80877103
# Python waits for these threads before it ends.
CANCELLING = ThreadPoolExecutor(max_workers=8, thread_name_prefix="lumi-cancel")


def request_cancel(address: Address, key: tuple[int, int], tls: ssl.SSLContext | None) -> None:
    """Ask the server to stop what runs on the connection of this key, and wait until it has taken note."""
    with suppress(OSError), _connect(address) as opened:
        opened.settimeout(TIMEOUT)
        with _secured(opened, address, tls) as connection:
            connection.sendall(struct.pack("!llll", 16, _CANCEL, *key))
            connection.recv(1)


def _connect(address: Address) -> socket.socket:
    if isinstance(address, tuple):
        return socket.create_connection(address, timeout=TIMEOUT)
    opened = socket.socket(socket.AF_UNIX)
    opened.settimeout(TIMEOUT)
    opened.connect(address)
    return opened


def _secured(opened: socket.socket, address: Address, tls: ssl.SSLContext | None) -> socket.socket:
    """Return a connection with TLS where the other one may have it and the server offers it."""
    if tls is None or isinstance(address, str):
        return opened
    opened.sendall(struct.pack("!ll", 8, _TLS))
    return tls.wrap_socket(opened, server_hostname=address[0]) if opened.recv(1) == b"S" else opened
