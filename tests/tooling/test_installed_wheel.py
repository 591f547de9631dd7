"""The wheel in an empty environment, far from any clone and without Node."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from lumi_db.config import child_environment

from .test_command_line import ROOT
from .test_wheel import build_source, build_wheel

pytestmark = pytest.mark.long

SHOP_TEST = """
async def test_a_shop_of_its_own(database):
    assert await database.client.product.count() == 0
"""


class Installed:
    """An environment that holds the wheel and what it requires, and a folder to work in."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "elsewhere"
        self.folder.mkdir()
        self.programs = place / "environment" / "bin"
        subprocess.run([sys.executable, "-m", "venv", str(place / "environment")], check=True, timeout=120)
        self.wheel = build_wheel(place)
        self.install(str(self.wheel))

    def install(self, *what: str) -> None:
        command = [str(self.programs / "pip"), "install", "--quiet", *what]
        done = subprocess.run(command, capture_output=True, text=True, timeout=400)
        assert done.returncode == 0, done.stderr

    def run(self, url: str, program: str, *arguments: str, code: int = 0) -> str:
        environment = child_environment({"DATABASE_URL": url, "TEST_DATABASE_URL": url, "COLUMNS": "200"})
        environment["PATH"] = f"{self.programs}:/usr/bin:/bin"
        done = subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder, env=environment, capture_output=True, text=True, timeout=200,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("wheel"))


def test_it_migrates_seeds_and_answers(installed: Installed, empty_database_url: str) -> None:
    url = empty_database_url
    assert "health" in installed.run(url, "lumi-db", "--help")
    installed.run(url, "lumi-db", "migrate", "up")
    installed.run(url, "lumi-db", "migrate", "status")
    installed.run(url, "python", "-m", "seed", "--profile", "demo", "--yes")
    assert "every migration" in installed.run(url, "lumi-db", "health")
    said = installed.run(url, "lumi-db", "doctor")
    assert "not needed outside a clone" in said
    assert "make setup" not in said
    installed.run(url, "lumi-db", "migrate", "down")
    installed.run(url, "lumi-db", "migrate", "up")


def test_what_needs_the_project_says_so(installed: Installed, empty_database_url: str) -> None:
    for command in ("migrate new add_gift_cards", "migrate check", "migrate lint", "prisma migrate status"):
        said = installed.run(empty_database_url, "lumi-db", *command.split(), code=1)
        assert "run it in a clone of the project." in said


def test_its_fixtures_make_the_shops_own_database(installed: Installed, database_url: str) -> None:
    installed.install("pytest", "pytest-asyncio")
    (installed.folder / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n")
    (installed.folder / "test_shop.py").write_text(SHOP_TEST)
    assert "1 passed" in installed.run(database_url, "pytest", "-q", "-p", "no:cacheprovider")


def test_it_was_not_the_clone_that_answered(installed: Installed) -> None:
    where = installed.run("", "python", "-c", "import lumi_db, seed; print(lumi_db.__file__, seed.__file__)")
    assert str(ROOT) not in where


def test_the_source_distribution_makes_the_same_wheel(installed: Installed, tmp_path: Path) -> None:
    source = build_source(tmp_path)
    command = [
        str(installed.programs / "pip"),
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        str(tmp_path),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("*.whl")
    assert contents_of(wheel) == contents_of(installed.wheel)


def contents_of(wheel: Path) -> dict[str, int]:
    """Return the files of a wheel with their checksums."""
    return {entry.filename: entry.CRC for entry in ZipFile(wheel).infolist()}
