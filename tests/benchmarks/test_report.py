"""Ratios, bounds, and a page in docs that says what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bounds import BOUNDS, Bound, facts_of
from benchmarks.harness import Measured, Ratio
from benchmarks.imports import MODELS, wide_schema
from benchmarks.picture import draw
from benchmarks.report import BEGIN, END, PICTURE, bound_lines, filled, timings
from benchmarks.report import Results as Found
from benchmarks.workloads import WORKLOADS

DOCS = Path(__file__).parents[2] / "docs"
SECONDS = {"asyncpg": [0.001, 0.002, 0.004], "lumi": [0.002, 0.003, 0.004], "piccolo": [0.01, 0.02, 0.04]}
MEASURED = Measured(WORKLOADS[0], SECONDS)


def test_a_ratio_is_taken_round_by_round() -> None:
    assert MEASURED.ratio("lumi") == Ratio(1.5, 1.25, 1.75)
    assert MEASURED.ratio("piccolo") == Ratio(10, 10, 10)
    assert MEASURED.ratio("tortoise") is None


def test_facts_are_ratios_of_any_two_peers_and_milliseconds() -> None:
    facts = facts_of([MEASURED])
    assert facts["find_by_id lumi"].median == 3
    assert facts["find_by_id piccolo/lumi"].median == pytest.approx(20 / 3)


@pytest.mark.parametrize(
    ("sense", "value", "held", "margin"),
    [
        ("at most", 1.2, True, 0.2),
        ("at most", 1.8, False, -0.2),
        ("at least", 1.8, True, 0.2),
        ("at least", 1.2, False, -0.2),
    ],
)
def test_a_bound_says_whether_it_holds_and_by_how_much(
    sense: str, value: float, held: bool, margin: float
) -> None:
    bound = Bound("title", "fact", sense, 1.5)  # type: ignore[arg-type]  # of the parametrization
    assert bound.is_held(value) is held
    assert bound.margin(value) == pytest.approx(margin)


def test_there_is_a_line_for_every_bound() -> None:
    facts = {"find_by_id lumi/asyncpg": Ratio(1.33, 1.3, 1.4)}
    lines = bound_lines(facts)
    assert [line[0] for line in lines] == [bound.title for bound in BOUNDS]
    assert lines[0] == ["find by id: this client / by hand", "at most ×1.4", "×1.33", "held, by 5%"]
    assert lines[1][-1] == "not measured in this run"


def test_the_times_are_ratios_with_their_quartiles() -> None:
    titles = {"asyncpg": "by hand", "lumi": "this client", "prisma_js": "Prisma"}
    results = Found([MEASURED], titles, {}, core=1, server="18", rounds=3)
    assert timings(results) == (
        ["work", "by hand", "this client", "Prisma"],
        [["find by id", "2.00 ms", "×1.50 [1.25–1.75]", "–"]],
    )


def test_the_picture_has_a_dot_for_every_peer_of_every_workload() -> None:
    picture = draw([MEASURED], {"lumi": "this <client>"})
    assert picture.count('fill-opacity="0.9"') == 2
    assert "this &lt;client&gt;" in picture


def test_only_what_stands_between_the_marks_is_written_anew() -> None:
    page = f"# Title\n\n{BEGIN}\nold\n{END}\n\nrest\n"
    assert filled(page, "new") == f"# Title\n\n{BEGIN}\n\nnew\n\n{END}\n\nrest\n"
    with pytest.raises(ValueError, match="must hold"):
        filled("# Title", "new")


def test_the_page_in_docs_has_every_workload_and_every_bound_as_the_code_has_them() -> None:
    page = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    content = page.partition(BEGIN)[2].partition(END)[0]
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in content.splitlines()]
    assert not {one.title for one in WORKLOADS} - {row[0] for row in rows}
    for title, limit, *_ in bound_lines({}):
        assert [row for row in rows if row[:2] == [title, limit]], title
    assert "not measured in this run" not in content
    assert f"]({PICTURE})" in content


def test_the_picture_in_docs_has_every_workload() -> None:
    picture = (DOCS / PICTURE).read_text(encoding="utf-8")
    assert not [one.title for one in WORKLOADS if f">{one.title}</text>" not in picture]


def test_the_wide_schema_has_the_shops_models_several_times() -> None:
    schema = wide_schema((DOCS.parent / "schema.prisma").read_text(encoding="utf-8"), MODELS)
    assert schema.count("\nmodel ") == MODELS
    assert "ProductVariant3[]" in schema.partition("model Product3 {")[2].partition("\n}")[0]
