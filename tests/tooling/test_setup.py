"""The set-up of a clone: new enough Pythons, each step once, one run at a time, failures in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tools import pythons, rules, setup

ROOT = setup.ROOT


def find_python(folder: Path, *, python: str = "") -> subprocess.CompletedProcess[str]:
    """Run tools/find-python where only the programs in `folder` are found."""
    environment = {"PATH": str(folder), "PYTHON": python}
    return subprocess.run(
        ["/bin/sh", ROOT / "tools" / "find-python"], env=environment, capture_output=True, text=True
    )


def put_python(folder: Path, name: str, *, version: str) -> Path:
    """Put a program there that answers as a Python of this version does."""
    is_new = tuple(map(int, version.split("."))) >= (3, 11)
    path = folder / name
    path.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo "Python {version}" && exit 0\nexit {0 if is_new else 1}\n'
    )
    path.chmod(0o755)
    return path


def test_the_first_new_python_is_taken(tmp_path: Path) -> None:
    put_python(tmp_path, "python3", version="3.9.2")
    newer = put_python(tmp_path, "python3.12", version="3.12.1")
    assert find_python(tmp_path).stdout.strip() == str(newer)


def test_an_old_python_is_one_sentence(tmp_path: Path) -> None:
    put_python(tmp_path, "python3", version="3.10.13")
    done = find_python(tmp_path)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer and found Python 3.10.13" in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_python_is_one_sentence(tmp_path: Path) -> None:
    assert "found no python3: install it" in find_python(tmp_path).stderr


def test_a_named_python_that_is_too_old_is_one_sentence(tmp_path: Path) -> None:
    old = put_python(tmp_path, "mine", version="3.8.1")
    assert f"PYTHON={old} is not: name another one" in find_python(tmp_path, python=str(old)).stderr


def make_step(folder: Path, made: list[str]) -> setup.Step:
    return setup.Step("A step", folder / "stamp", ("pyproject.toml",), lambda: made.append("made"), folder)


def test_a_step_is_done_once(tmp_path: Path) -> None:
    made: list[str] = []
    setup.make([make_step(tmp_path, made)])
    setup.make([make_step(tmp_path, made)])
    assert made == ["made"]


def test_a_step_is_done_again_when_its_inputs_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    for text in ("one", "two"):
        (tmp_path / "pyproject.toml").write_text(text)
        setup.make([make_step(tmp_path, made)])
    assert made == ["made", "made"]


def test_a_step_that_fails_leaves_no_stamp(tmp_path: Path) -> None:
    def fail() -> None:
        raise setup.SetupFailed("no")

    step = setup.Step("A step", tmp_path / "stamp", ("pyproject.toml",), fail, tmp_path)
    with pytest.raises(setup.SetupFailed):
        setup.make([step])
    assert not step.is_done()


def test_a_program_that_fails_is_shown_with_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(setup.SetupFailed, match=r"^It failed: mend what is said above .* run it again\.$"):
        setup.run(["/bin/sh", "-c", "echo what went wrong; exit 3"], failure="It failed")
    assert "what went wrong" in capfd.readouterr().err


def test_a_second_run_waits_for_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    order: list[str] = []

    def second() -> None:
        with setup.only_one():
            order.append("second")

    with setup.only_one():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.5)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert f"another run (process {os.getpid()}) is setting up this clone" in capsys.readouterr().out


def test_a_run_that_takes_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "WAIT", 0.1)
    with setup.only_one(), pytest.raises(setup.SetupFailed, match="Another run .* stop it"), setup.only_one():
        pass


def test_a_file_in_the_way_of_the_folder_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    (tmp_path / ".lumi").write_text("")
    with pytest.raises(setup.SetupFailed, match="Cannot write in"), setup.only_one():
        pass


def test_a_python_without_venv_or_pip_is_one_sentence(tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\nexit 1\n")
    bare.chmod(0o755)
    environment = setup.Environment(tmp_path / "venv", base=bare)
    with pytest.raises(setup.SetupFailed, match="has no module venv: install it"):
        setup.make(environment.steps()[:1])


@pytest.mark.long
def test_an_environment_is_made_also_without_ensurepip(tmp_path: Path) -> None:
    base = tmp_path / "python"
    base.write_text(f'#!/bin/sh\n[ "$2" = "import ensurepip" ] && exit 1\nexec {sys.executable} "$@"\n')
    base.chmod(0o755)
    environment = setup.Environment(tmp_path / "venv", base=base)
    setup.make(environment.steps()[:1])
    pip = environment._pip()
    assert pip[0] == base
    setup.run([*pip, "install", "--no-deps", "iniconfig"], failure="pip")
    assert list((tmp_path / "venv").rglob("iniconfig/__init__.py"))


def test_the_clone_is_set_up_and_nothing_is_left_to_do() -> None:
    if sys.prefix != str(ROOT / ".venv"):
        return
    environment = setup.Environment(ROOT / ".venv")
    assert [step.title for step in environment.steps() if not step.is_done()] == []


def test_other_pythons_are_found_once_a_version() -> None:
    found = pythons.find_pythons()
    assert sys.version_info[:2] not in found
    assert all(version >= (3, 11) for version in found)


def test_lock_files_fit_and_name_no_host() -> None:
    assert rules.find_lock_faults() == []


@pytest.mark.parametrize(
    "text", ["--index-url https://pypi.example/simple/", "http://registry.npmjs.example/x"]
)
def test_the_name_of_a_registry_is_noticed(text: str) -> None:
    assert rules.HOSTS.search(text)


def test_every_setting_is_in_the_template_with_its_default() -> None:
    from lumi_db.config import list_variables

    template = (ROOT / ".env.template").read_text()
    for variable in list_variables():
        line = f"# {variable.name}={variable.default}" if variable.default else f"# {variable.name}="
        assert line in template


@pytest.mark.parametrize("name", ["it's", "a$b", 'a"b', "a;b", "a:b"])
def test_a_folder_that_scripts_cannot_quote_is_refused_at_once(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ROOT", Path("/clones") / name)
    with pytest.raises(setup.SetupFailed, match="move the clone to a plainer folder"):
        setup.check_place()


def test_a_folder_with_spaces_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "ROOT", Path("/clones/with space"))
    setup.check_place()


def test_locking_takes_no_argument_that_it_does_not_know() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.lock", "--kep"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (2, "✗ It takes --keep or nothing: make lock ARGS=--keep.\n")


def test_an_address_with_its_password_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with TemporaryDirectory(dir=ROOT / ".lumi") as folder:
        planted = Path(folder) / "settings.py"
        planted.write_text('URL = "postgresql://lumi:' + "Kx9vQ2" + 'mLp7@prod.example.com/shop"\n')
        monkeypatch.setattr(rules, "list_files", lambda: [planted])
        [fault] = rules.find_secrets()
        assert "settings.py:1 looks like a secret (Basic Auth Credentials)" in fault
        planted.write_text('URL = "postgresql://prod.example.com/shop"\n')
        assert rules.find_secrets() == []
