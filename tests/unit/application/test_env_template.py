"""`.env.template` and docs/settings.md have every variable, with the value it has when it is not set."""

from __future__ import annotations

import re

import pytest

from lumi_db.config import list_variables, project_root

LINE = re.compile(r"^#?\s?([A-Z][A-Z0-9_]+)=(.*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def template() -> dict[str, str]:
    text = (project_root() / ".env.template").read_text(encoding="utf-8")
    return {name: value.strip().strip("\"'") for name, value in LINE.findall(text)}


def test_the_template_lists_exactly_the_variables_there_are(template: dict[str, str]) -> None:
    assert set(template) == {variable.name for variable in list_variables()}


def test_the_template_shows_the_defaults(template: dict[str, str]) -> None:
    shown = {variable.name: template[variable.name] for variable in list_variables() if variable.default}
    assert shown == {variable.name: variable.default for variable in list_variables() if variable.default}


def test_the_documentation_has_a_row_for_each_variable() -> None:
    text = (project_root() / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    assert rows == [
        [f"`{one.name}`", f"`{one.default}`" if one.default else "", one.expects, one.description]
        for one in list_variables()
    ]
