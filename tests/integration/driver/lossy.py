"""A proxy that loses COMMIT, or its answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Literal
from urllib.parse import urlsplit

from lumi_db.engine.driver.url import parse_url

Loses = Literal["nothing", "commit", "answer"]
COMMIT = b"COMMIT\x00"


class LossyProxy:
    """Stands between client and server; what it `loses` may be changed at any time."""

    def __init__(self, url: str) -> None:
        self.loses: Loses = "nothing"
        self._parts = urlsplit(url)
        target = parse_url(url)
        self._host, self._port = target.hosts[0]
        self._query = "sslmode=disable" + ("&pgbouncer=true" if target.pgbouncer else "")

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Give the url of the same database through the proxy."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        account = self._parts.netloc.rpartition("@")[0]
        async with server:
            yield self._parts._replace(netloc=f"{account}@127.0.0.1:{port}", query=self._query).geturl()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back_reader, back_writer = await self._connect()
        down = asyncio.create_task(_copy(back_reader, writer))
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if COMMIT in data and self.loses != "nothing":
                    await self._lose(data, back_writer, down, back_reader)
                    break
                back_writer.write(data)
                await back_writer.drain()
        down.cancel()
        back_writer.close()
        writer.transport.abort()

    async def _lose(
        self,
        data: bytes,
        back_writer: asyncio.StreamWriter,
        down: asyncio.Task[None],
        back_reader: asyncio.StreamReader,
    ) -> None:
        loses, self.loses = self.loses, "nothing"
        if loses == "answer":
            down.cancel()
            await asyncio.gather(down, return_exceptions=True)
            back_writer.write(data)
            await back_reader.read(1)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._host.startswith("/"):
            return await asyncio.open_unix_connection(f"{self._host}/.s.PGSQL.{self._port}")
        return await asyncio.open_connection(self._host, self._port)


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
