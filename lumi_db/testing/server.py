"""Which PostgreSQL server the tests run on, shared by all workers and runs of one clone.

Every process that uses the server holds a shared lock; the one that leaves last stops the server. The kernel frees
the lock of a killed process, so a leftover server is found and used by the next run.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lumi_db import embedded
from lumi_db.embedded.lock import hold, open_lock, try_lock

from . import docker

NAME = "test"
_WAIT = 120.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TestServer:
    """A server for tests: the URL of a database on which others may be made, and where the server came from."""

    __test__ = False  # pytest takes it for a test class otherwise

    url: str
    source: Literal["TEST_DATABASE_URL", "docker", "wheel"]


@contextmanager
def use_server(
    root: Path,
    *,
    url: str | None,
    docker_host: str | None = None,
    daemon_answers: Callable[[str | None], bool] = docker.daemon_answers,
) -> Iterator[TestServer]:
    """Give the server at `url`, else one in a container, else one from the wheel, stopped by its last user."""
    if url:
        yield TestServer(url, "TEST_DATABASE_URL")
        return
    folder = root / ".lumi" / NAME
    users = open_lock(folder / "users.lock")
    try:
        with _turn(folder):
            try_lock(users, shared=True)
            server = _start(root, with_docker=daemon_answers(docker_host))
        try:
            yield server
        finally:
            with _turn(folder):
                if try_lock(users):
                    _stop(root, server)
    finally:
        os.close(users)


def stop_unused(root: Path) -> bool:
    """Stop the wheel's server that a killed run left behind and tell whether there was one; one in use stays."""
    folder = root / ".lumi" / NAME
    if not folder.is_dir():
        return False
    users = open_lock(folder / "users.lock")
    try:
        with _turn(folder):
            return try_lock(users) and embedded.stop(root, name=NAME)
    finally:
        os.close(users)


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    with hold(folder / "use.lock", seconds=_WAIT, doing="starting or stopping the tests' PostgreSQL"):
        yield


def _start(root: Path, *, with_docker: bool) -> TestServer:
    if with_docker:
        try:
            return TestServer(docker.start_container(root), "docker")
        except Exception as error:  # noqa: BLE001  # an image that cannot be had must not stop the tests
            log.warning("Docker answers but runs no PostgreSQL (%s): the wheel is used.", error)
    return TestServer(_start_wheel(root).url_of("postgres"), "wheel")


def _start_wheel(root: Path) -> embedded.Server:
    try:
        return embedded.start(root, name=NAME, settings=embedded.FAST)
    except (embedded.LockHeldError, embedded.NoPermissionError, embedded.DiskFullError):
        raise
    except embedded.EmbeddedError:
        # its data is not safe from a crash of the machine, nor from a new version: it is made again
        embedded.delete(root, name=NAME)
        return embedded.start(root, name=NAME, settings=embedded.FAST)


def _stop(root: Path, server: TestServer) -> None:
    if server.source == "docker":
        docker.stop_container(root)
    else:
        embedded.stop(root, name=NAME)
