"""Node programs beside the tests: JSON in, JSON out."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from lumi_db.config import child_environment, project_root

HERE = Path(__file__).parent
EXTENSION = project_root() / "node" / "prisma" / "index.mjs"
_SECONDS = 60


async def run_node(program: Path, given: Any = None, **environment: str) -> Any:
    """Run a program at the project's root, with `given` as its input; return what it prints."""
    process = await asyncio.create_subprocess_exec(
        Path(sys.prefix) / "bin" / "node", program, cwd=project_root(), env=child_environment(environment),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(_SECONDS):
        said, complaints = await process.communicate(json.dumps(given).encode())
    assert process.returncode == 0, complaints.decode()
    return json.loads(said) if said else None
