"""Prisma Client JS 6.19, generated for one of our schemas, in a Node process that answers calls."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lumi_db.config import child_environment
from lumi_db.embedded.lock import hold

PROGRAM = Path(__file__).with_name("official.mjs")
GENERATOR = """generator client {
  provider        = "prisma-client-js"
  engineType      = "client"
  previewFeatures = ["fullTextSearchPostgres", "views"]
  output          = "./client"
}

"""
_GENERATORS = re.compile(r"^generator \w+ \{.*?^\}\n", re.DOTALL | re.MULTILINE)
_LINE = 64 * 1024 * 1024
_SECONDS = 60


def generate(schema: Path, *, name: str, root: Path) -> Path:
    """Generate the client of a schema once, and anew when it changed; return its folder."""
    folder = root / ".lumi" / "compatibility" / name
    text = GENERATOR + _GENERATORS.sub("", schema.read_text(encoding="utf-8"))
    stamp = folder / "stamp"
    with hold(folder.with_suffix(".lock"), seconds=180, doing="generating the JavaScript client"):
        digest = hashlib.sha256(text.encode()).hexdigest()
        if not stamp.exists() or stamp.read_text() != digest:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "schema.prisma").write_text(text, encoding="utf-8")
            _run_generate(folder / "schema.prisma", root)
            stamp.write_text(digest)
    return folder / "client"


def _run_generate(schema: Path, root: Path) -> None:
    binaries = Path(sys.executable).parent
    environment = child_environment({"DATABASE_URL": "postgresql://localhost/unused"})
    environment["PATH"] = f"{binaries}:{environment['PATH']}"
    command = [str(root / "node_modules/.bin/prisma"), "generate", f"--schema={schema}"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


class Official:
    """A running Prisma Client JS."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, calls: Sequence[Any], *, at_once: bool = False) -> list[Any]:
        """Send translated calls, one after another or `at_once` in a `$transaction`; return their answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        question = json.dumps({"calls": calls, "atOnce": at_once})
        self._process.stdin.write(question.encode() + b"\n")
        async with asyncio.timeout(_SECONDS):
            await self._process.stdin.drain()
            line = await self._process.stdout.readline()
        assert line, "Prisma Client JS ended."
        answers: list[Any] = json.loads(line)
        return answers


@asynccontextmanager
async def run_official(
    client: Path, url: str, *, root: Path, extension: Path | None = None
) -> AsyncIterator[Official]:
    """Start the process on a database, with the policies of `extension` if given; it ends when its input does."""
    more = () if extension is None else (extension,)
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).parent / "node", PROGRAM, client / "index.js", *more,
        cwd=root, env=child_environment({"DATABASE_URL": url}), limit=_LINE,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Official(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(10):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
