"""What it costs to import: seconds and megabytes of a fresh interpreter, with the shop's schema and with a wide one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from lumi_db.config import child_environment, project_root

MODELS = 130
RUNS = 3
_FOLDER = Path(".lumi") / "bench-wide"
_PACKAGE = "bench_wide"

_MEASURE = """
import json, sys, time
sys.path.insert(0, {path!r})
started = time.perf_counter()
{code}
seconds = time.perf_counter() - started
with open("/proc/self/status") as file:
    memory = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
print(json.dumps([seconds, memory / 1024]))
"""
_OURS = """
from lumi_db.client import client_class
from lumi_db.engine import EngineOptions
client_class(EngineOptions())
"""
_LIGHT = """
from lumi_db.engine import in_process
from lumi_db.light_import import import_light
package = import_light({package!r}, prepare=lambda module: None)
__import__({package!r} + ".models")
in_process(package.Prisma, datamodel={datamodel!r})
"""


@dataclass(frozen=True, slots=True)
class Import:
    """What one way to import costs, the interpreter's own start not counted in the seconds."""

    title: str
    seconds: float
    megabytes: float


def measure_imports(*, runs: int = RUNS) -> list[Import]:
    """Measure the imports, each in `runs` fresh interpreters; the client of the wide schema is generated first."""
    folder = _generate_wide()
    package, datamodel = f"{_PACKAGE}.generated", str(folder / "generated" / "datamodel.json")
    wide = _LIGHT.format(package=package, datamodel=datamodel)
    codes = {
        "an empty interpreter": "",
        "`import lumi_db`": "import lumi_db",
        "the client ready, 31 models": _OURS,
        f"the client ready, {MODELS} models": wide,
        f"the generated client of {MODELS} models as it is": f"import {package}",
    }
    return [_measure(title, code, folder.parent, runs) for title, code in codes.items()]


def _measure(title: str, code: str, path: Path, runs: int) -> Import:
    script = _MEASURE.format(path=str(path), code=code)
    costs = [_run(script) for _ in range(runs + 1)][1:]  # the first one compiles
    return Import(title, median(one[0] for one in costs), median(one[1] for one in costs))


def _run(script: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project_root(), capture_output=True, text=True, check=True
    )
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def _generate_wide() -> Path:
    """Generate the client of a schema of 130 models, once, and return its folder."""
    folder = project_root() / _FOLDER / _PACKAGE
    schema = wide_schema((project_root() / "schema.prisma").read_text(encoding="utf-8"), MODELS)
    stamp = folder / "generated" / ".schema"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == schema:
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "__init__.py").touch()
    (folder / "schema.prisma").write_text(schema, encoding="utf-8")
    _generate(folder)
    stamp.write_text(schema, encoding="utf-8")
    return folder


def _generate(folder: Path) -> None:
    binaries = Path(sys.executable).parent
    environment = child_environment({"DATABASE_URL": "postgresql://localhost/unused"})
    environment["PATH"] = f"{binaries}:{environment['PATH']}"
    command = (
        project_root() / "node_modules/.bin/prisma",
        "generate",
        f"--schema={folder / 'schema.prisma'}",
    )
    subprocess.run(command, cwd=project_root(), env=environment, check=True, capture_output=True)


def wide_schema(schema: str, models: int) -> str:
    """Return the shop's schema with copies of its models, of other names, until there are so many."""
    blocks = re.findall(r"^(model|enum) (\w+) \{\n(.*?)^\}", schema, re.MULTILINE | re.DOTALL)
    enums = [f"enum {name} {{\n{body}}}\n" for kind, name, body in blocks if kind == "enum"]
    ours = [(name, body) for kind, name, body in blocks if kind == "model"]
    names = re.compile(rf"(?<=\s)({'|'.join(name for name, _ in ours)})(?=[\s?\[])")
    copies: list[str] = []
    for number in range(1, 2 + models // len(ours)):
        suffix = "" if number == 1 else str(number)
        copies += [f"model {name}{suffix} {{\n{_renamed(body, names, suffix)}}}\n" for name, body in ours]
    # A copy that is not whole lacks what its relations lead to: the rest are models of their own.
    whole = models // len(ours) * len(ours)
    lone = [f"model Lone{number} {{\n  id String @id\n}}\n" for number in range(models - whole)]
    return "\n".join([_HEAD, *enums, *copies[:whole], *lone])


def _renamed(body: str, names: re.Pattern[str], suffix: str) -> str:
    return names.sub(rf"\g<1>{suffix}", body)


_HEAD = """
generator client {
  provider                    = "prisma-client-py"
  interface                   = "asyncio"
  recursive_type_depth        = -1
  enable_experimental_decimal = true
  output                      = "./generated"
}

generator datamodel {
  provider = "lumi-db-datamodel"
  output   = "./generated/datamodel.json"
}

datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
"""
