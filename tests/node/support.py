"""One Node process that runs pieces of JavaScript with Prisma Client JS, plain and extended."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lumi_db.config import child_environment, project_root

HOST = Path(__file__).parent / "host.mjs"


class NodeError(Exception):
    """What a piece of JavaScript threw; `code` is Prisma's, if it has one."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.name, self.code = error["name"], error.get("code")


@dataclass(frozen=True, slots=True)
class Node:
    """The process, and the database that its pieces are run on."""

    process: subprocess.Popen[str]
    url: str = ""

    def run(self, code: str, given: Any = None) -> Any:
        """Return what the code returns, in JSON's types. Raises NodeError."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(
            json.dumps({"url": self.url, "code": code, "input": given}), file=self.process.stdin, flush=True
        )
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise NodeError(answer["error"])
        return answer.get("value")


@contextmanager
def start_node() -> Iterator[Node]:
    """Give a Node process of this clone; it ends with the block."""
    with subprocess.Popen(
        [Path(sys.prefix) / "bin" / "node", HOST],
        cwd=project_root(),
        env=child_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Node(process)
