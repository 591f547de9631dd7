"""The completion report says what is there: its table is held to the code, the tests and the schema."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from lumi_db.client import load_datamodel
from lumi_db.migrations.required import INDEXED, UNIQUE, unserved
from tools.completion.items import FOLDER, SECTIONS, Item, read_sections
from tools.completion.page import ASKED, PAGE, ROOT, read_bounds, render

# how many boxes each heading of phase-2.md has, lines below a box among them
BOXES = {
    "1.1": 5, "1.2": 7, "1.3": 10, "1.4": 4, "2.1": 35, "2.2": 47, "2.3": 15, "2.4": 21, "2.5": 20, "2.6": 34,
    "2.7": 13, "2.8": 14, "2.9": 9, "3.1": 20, "3.2": 6, "4.1": 8, "4.2": 12, "4.3": 6, "4.4": 3, "5.1": 5, "5.2": 5,
    "5.3": 6, "6.1": 6, "6.2": 10, "6.3": 5, "6.4": 5, "7.1": 8, "7.2": 9, "7.3": 6, "8.1": 5, "8.2": 8, "8.3": 3,
    "9.1": 4, "9.2": 7, "9.3": 7, "10.1": 6, "10.2": 6, "11.1": 5, "11.2": 9, "11.3": 6, "11.4": 5, "11.5": 5,
    "12.1": 5, "12.2": 5, "12.3": 6, "C1": 6, "C2": 5, "C3": 5, "C4": 5, "C5": 5,
}  # fmt: skip
# and how many points the headings without boxes have
POINTS = {
    "O": 10, "S": 4, "PS": 4, "Q": 3, "DS": 4, "V": 8, "M1": 7, "M2": 5, "M3": 4, "M4": 5, "PF": 8, "D": 31, "T": 6,
    "OR": 5,
}  # fmt: skip
PARTS = [part for section in read_sections() for part in section.part]
ITEMS = [(number, item) for part in PARTS for number, item in part.numbered()]
LINES = [(item.model, one) for _, item in ITEMS for one in item.has]


@cache
def functions_of(path: str) -> set[str]:
    nodes = ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_the_committed_report_is_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert render(page) == page, "Run `python -m tools.completion`."


def test_no_item_of_phase_2_is_left_out() -> None:
    counted = {part.number: sum(1 + len(item.has) for item in part.item) for part in PARTS}
    assert counted == BOXES | POINTS
    assert sum(BOXES.values()) == 472
    assert {file.stem for file in FOLDER.glob("*.toml")} == set(SECTIONS)


@pytest.mark.parametrize(("number", "item"), ITEMS, ids=[number for number, _ in ITEMS])
def test_every_item_has_its_place_and_its_proof(number: str, item: Item) -> None:
    assert item.code, number
    assert [path for path in item.code if not (ROOT / path).exists()] == []
    assert item.proof, number
    named = [proof.partition("::") for proof in item.proof]
    assert [f"{path}::{name}" for path, _, name in named if name not in functions_of(path)] == []


def test_the_report_names_fields_that_are_in_the_schema() -> None:
    models = load_datamodel().models
    fields = {(name, field) for name, model in models.items() for field in model.fields}
    assert [
        (model, field) for model, one in LINES for field in one.fields if (model, field) not in fields
    ] == []
    assert {model for model, _ in LINES} == set(models)


def test_the_report_names_indexes_that_every_database_is_checked_for() -> None:
    keys = [(model, *columns) for model, one in LINES for columns in one.indexes]
    assert unserved(keys, [*INDEXED, *UNIQUE]) == []


def test_every_line_below_a_model_names_fields_or_indexes() -> None:
    assert [one.says for _, one in LINES if not one.fields and not one.indexes] == []


def test_every_model_has_the_defaults_that_phase_2_asks_for() -> None:
    for name, model in load_datamodel().models.items():
        created, updated, key = model.fields["createdAt"], model.fields["updatedAt"], model.fields.get("id")
        assert (created.default and created.default.function, updated.is_updated_at) == ("now", True), name
        assert key is None or (key.default and key.default.function) == "cuid", name


def test_what_phase_2_asks_of_speed_is_measured() -> None:
    bounds = read_bounds()
    assert [title for _, _, title in ASKED if title not in bounds] == []
