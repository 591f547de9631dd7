"""Prisma Client JS 6.19 in a process of its own, driven over a pipe; it takes the time itself."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from lumi_db.config import child_environment

from .base import CONNECTIONS

SCRIPT = Path(__file__).with_suffix(".mjs")
# 10,000 rows in a line
_LONGEST_LINE = 2**26


class PrismaJs:
    name: ClassVar[str] = "prisma_js"
    title: ClassVar[str] = "Prisma Client JS 6.19"
    lacks: ClassVar[dict[str, str]] = {
        "search": "its full-text search knows no generated column; it would be SQL by hand",
        "checkout": "a workflow of the shop, written here only for this client and by hand",
    }
    _process: Process

    async def open(self, url: str) -> None:
        binaries = Path(sys.executable).parent
        environment = child_environment(
            {"DATABASE_URL": url, "NODE_ENV": "production", "NODE_NO_WARNINGS": "1"}
        )
        self._process = await asyncio.create_subprocess_exec(
            binaries / "node", SCRIPT, str(CONNECTIONS), stdin=PIPE, stdout=PIPE, env=environment,
            limit=_LONGEST_LINE,
        )  # fmt: skip
        await self._hear()

    async def close(self) -> None:
        stdin = self._stdin
        stdin.close()
        await self._process.wait()

    async def run(self, method: str, inputs: Sequence[Any], *, tasks: int) -> float:
        said = await self._ask({"method": method, "inputs": list(inputs), "tasks": tasks})
        return float(said["seconds"])

    async def answer(self, method: str, given: Any) -> Any:
        said = await self._ask({"wants": "answer", "method": method, "inputs": [given]})
        if "error" in said:
            raise RuntimeError(f"Prisma Client JS cannot {method}: {said['error']}")
        return said["result"]

    async def _ask(self, asked: dict[str, Any]) -> Any:
        self._stdin.write(json.dumps(asked, default=str).encode() + b"\n")
        await self._stdin.drain()
        return await self._hear()

    async def _hear(self) -> Any:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("Prisma Client JS ended: what it said is above.")
        return json.loads(line)

    @property
    def _stdin(self) -> asyncio.StreamWriter:
        assert self._process.stdin is not None
        return self._process.stdin
