"""The tree of errors is the one its docstring draws."""

from __future__ import annotations

import re

from lumi_db import errors
from lumi_db.errors import LumiError


def tree(kind: type[LumiError], depth: int = 0) -> list[tuple[int, str]]:
    below = [entry for child in kind.__subclasses__() for entry in tree(child, depth + 1)]
    return [(depth, kind.__name__), *below]


def drawn() -> list[tuple[int, str]]:
    lines = re.findall(r"^    ([│├└─ ]*)(\w+)", errors.__doc__ or "", re.MULTILINE)
    return [(len(branch) // 4, name) for branch, name in lines]


def test_the_docstring_draws_the_tree() -> None:
    ours = [entry for entry in tree(LumiError) if hasattr(errors, entry[1])]
    assert drawn() == ours


def test_every_error_of_the_module_is_in_the_tree() -> None:
    classes = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, BaseException)
    }
    assert classes == {name for _, name in drawn()}
