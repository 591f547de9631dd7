"""The pool's limits: what the options say, unless the URL says otherwise."""

from __future__ import annotations

import pytest

from lumi_db.engine.driver.limits import limits_of
from lumi_db.engine.driver.url import parse_url
from lumi_db.engine.options import EngineOptions

OPTIONS = EngineOptions(pool_min=2, pool_max=9, pool_timeout=3, connect_timeout=4)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("", (2, 9, 3, 4)),
        ("connection_limit=5", (2, 5, 3, 4)),
        ("connection_limit=1", (1, 1, 3, 4)),
        ("pool_timeout=7&connect_timeout=8", (2, 9, 7, 8)),
        ("pool_timeout=0", (2, 9, None, 4)),
        ("connect_timeout=0", (2, 9, 3, 30)),
    ],
)
def test_the_urls_limits_win_over_the_options(parameters: str, expected: tuple[float | None, ...]) -> None:
    limits = limits_of(OPTIONS, target=parse_url(f"postgresql://u@h/d?{parameters}"))
    assert (limits.minimum, limits.maximum, limits.wait, limits.connect) == expected
