"""The README's numbers are those of the last benchmark."""

from __future__ import annotations

from tools.readme import OTHERS, PAGE, WORKS, render


def test_the_committed_numbers_are_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert render(page) == page, "Run `python -m tools.readme`."


def test_every_library_has_a_number_for_every_work() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("<!-- measured -->\n")[2].partition("<!-- end -->")[0]
    cells = [line.strip("|\n ").split(" | ") for line in table.splitlines()]
    assert [len(row) for row in cells] == [1 + len(OTHERS)] * (2 + len(WORKS))
    assert [row[0] for row in cells[2:]] == [said for _, said in WORKS]
    assert all(cell.startswith("×") for row in cells[2:] for cell in row[1:])
