"""A proxy whose connections can be frozen: open, but nothing comes through, as behind a firewall that forgot them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from lumi_db.engine.driver.url import parse_url


class FreezingProxy:
    """Stands between client and server."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        target = parse_url(url)
        self._host, self._port = target.hosts[0]
        self._query = "sslmode=disable" + ("&pgbouncer=true" if target.pgbouncer else "")
        self._age = 0
        self.connections = 0

    def freeze(self) -> None:
        """Let nothing more through the connections that are open now; new ones work."""
        self._age += 1

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Give the url of the same database through the proxy."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        account = self._parts.netloc.rpartition("@")[0]
        async with server:
            yield self._parts._replace(netloc=f"{account}@127.0.0.1:{port}", query=self._query).geturl()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        back_reader, back_writer = await self._connect()
        down = asyncio.create_task(self._copy(back_reader, writer))
        await self._copy(reader, back_writer)
        down.cancel()
        for one in (writer, back_writer):
            one.transport.abort()

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._host.startswith("/"):
            return await asyncio.open_unix_connection(f"{self._host}/.s.PGSQL.{self._port}")
        return await asyncio.open_connection(self._host, self._port)

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        age = self._age
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if age == self._age:
                    writer.write(data)
                    await writer.drain()
