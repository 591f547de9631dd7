"""What all tests share: the strict mode of continuous integration, in which a skipped test is a failure."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from lumi_db.testing.databases import Databases


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fail-on-skip", action="store_true", help="count a skipped test as a failure")
    parser.addoption(
        "--random-seed", type=int, default=1, help="draw other random operations (make test-long)"
    )
    parser.addoption(
        "--random-examples", type=int, default=700, help="how many for each test, each of 1 to 5 calls"
    )


def pytest_configure(config: pytest.Config) -> None:
    # A shell starts background jobs with SIGINT ignored; the programs that tests interrupt would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def slow_queries_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the slow queries of tests out of what `lumi-db queries slow` shows of this clone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SLOW_QUERY_DIR", str(tmp_path_factory.mktemp("slow-queries")))
        yield


@pytest.fixture
def direct_url(databases: Databases, database_url: str) -> str:
    """Give the server's own address of the test's database, for what is no client: the same without a pooler."""
    return databases.past_pooler(database_url)


def pytest_report_header(config: pytest.Config) -> str:
    return f"random operations: --random-seed={config.option.random_seed}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[assignment]  # pluggy sends what the hook returns
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("--fail-on-skip"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome, report.longrepr = "failed", f"skipped, which counts as a failure here: {reason}"
    return report  # type: ignore[return-value]
