"""The project's own checks: each lists what is wrong, a line a fault."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LONGEST = 400
# the groups of pyproject.toml that have a lock file of their own
BESIDE = ("bench", "docs")
CODE = {".py", ".ts", ".mjs", ".js", ".sh"}
HOSTS = re.compile(r"https?://[^\s\"']*(pypi|npmjs|pythonhosted|yarnpkg|simple/)", re.IGNORECASE)
WARNING = re.compile(r"\bwarn(ing)?\b", re.IGNORECASE)
_SPLIT = re.compile(r"[=<>!~;\[\s(]")


def list_files() -> list[Path]:
    """Return the files that git knows or would add."""
    command = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in said.split("\0") if name and (ROOT / name).is_file()]


def find_long_files() -> list[str]:
    """List code longer than 400 lines; migrations are exempt, since they are never edited."""
    faults = []
    for path in list_files():
        if path.suffix not in CODE:
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            faults.append(
                f"{path.relative_to(ROOT)} has {lines} lines: split it, a file has {LONGEST} at most."
            )
    return faults


def find_secrets() -> list[str]:
    """List what looks like a secret and is not in `.secrets.baseline`, which says of each finding that it is none."""
    files = [str(path.relative_to(ROOT)) for path in list_files() if path.name != ".secrets.baseline"]
    command: list[str | Path] = [
        BIN / "detect-secrets-hook",
        "--baseline",
        ".secrets.baseline",
        "--json",
        *files,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    try:
        found = json.loads(done.stdout)["results"]
    except (ValueError, KeyError):
        return [done.stdout + done.stderr]
    return [
        f"{path}:{one['line_number']} looks like a secret ({one['type']}): remove it, or say that it is none with "
        "a comment `pragma: allowlist secret`."
        for path, faults in found.items()
        for one in faults
    ]


def find_schema_faults() -> list[str]:
    """List what `prisma validate` refuses or warns of."""
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(
        [BIN / "prisma", "validate"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    output = (done.stdout + done.stderr).strip()
    is_fine = done.returncode == 0 and not WARNING.search(output)
    return [] if is_fine else output.splitlines()


def find_lock_faults() -> list[str]:
    """List hosts named in lock files, and what pyproject.toml or package.json ask for and the locks do not have."""
    return [*_named_hosts(), *_missing_packages(), *_missing_node_packages()]


def _named_hosts() -> list[str]:
    names = (
        "requirements.lock",
        *(f"requirements-{group}.lock" for group in BESIDE),
        "package-lock.json",
        "package.json",
        "pyproject.toml",
    )
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in names}
    faults = [f"{name} names a package registry's host: write the lock anew with `make lock`."
              for name, text in texts.items() if HOSTS.search(text)]  # fmt: skip
    if '"resolved"' in texts["package-lock.json"]:
        faults.append("package-lock.json says where packages were found: write it anew with `make lock`.")
    return faults


def _missing_packages() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["project"]["dependencies"],
        *(one for extra in project["project"]["optional-dependencies"].values() for one in extra),
        *project["dependency-groups"]["dev"],
    ]
    faults = _lacking("requirements.lock", wanted)
    for group in BESIDE:
        faults += _lacking(f"requirements-{group}.lock", project["dependency-groups"][group])
    installed = {_name(one) for one in requires("lumi-db") or ()}
    stale = {_name(one) for one in project["project"]["dependencies"]} - installed
    return faults + [f"{name} is new in pyproject.toml: run `make setup`." for name in sorted(stale)]


def _lacking(lock: str, wanted: list[str]) -> list[str]:
    locked = {_name(line) for line in (ROOT / lock).read_text(encoding="utf-8").splitlines()}
    return [f"{lock} lacks {_name(one)}: run `make lock`." for one in wanted if _name(one) not in locked]


def _missing_node_packages() -> list[str]:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    is_same = lock["packages"][""]["devDependencies"] == wanted
    return [] if is_same else ["package-lock.json does not fit package.json: run `make lock`."]


def _name(requirement: str) -> str:
    return _SPLIT.split(requirement.strip(), maxsplit=1)[0].lower().replace("_", "-")
