"""A PostgreSQL container for tests, where a Docker daemon answers."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

IMAGE = "postgres:18-alpine"
_SOCKETS = ("/var/run/docker.sock", "~/.docker/run/docker.sock")
_PROBE_SECONDS = 1


def daemon_answers(docker_host: str | None) -> bool:
    """Tell within about a second whether a Docker daemon answers; at once where there is no socket at all."""
    if not _address_exists(docker_host):
        return False
    import docker  # 0.2 s, needed by few

    client = None
    try:
        client = docker.DockerClient(base_url=docker_host, timeout=_PROBE_SECONDS, version="1.41")
        return bool(client.ping())
    except Exception:  # noqa: BLE001  # whatever is wrong with Docker, the wheel serves
        return False
    finally:
        if client is not None:
            client.close()


def start_container(root: Path) -> str:
    """Start the tests' container of this clone, or find it running, and return its URL. Raises what Docker says."""
    import docker
    from testcontainers.core.config import testcontainers_config
    from testcontainers.postgres import PostgresContainer

    for running in docker.from_env().containers.list(filters={"name": _name(root)}):
        return _url("localhost", running.ports["5432/tcp"][0]["HostPort"])
    # workers share the container, so it must outlive the one that made it: the last one stops it
    testcontainers_config.ryuk_disabled = True
    container = PostgresContainer(IMAGE, username="lumi", password="lumi", dbname="lumi", driver=None)  # noqa: S106
    container.with_command("postgres -c fsync=off -c full_page_writes=off -c max_connections=300")
    container.with_name(_name(root)).start()
    return _url(container.get_container_host_ip(), container.get_exposed_port(5432))


def stop_container(root: Path) -> None:
    import docker

    for running in docker.from_env().containers.list(filters={"name": _name(root)}):
        running.remove(force=True, v=True)


def _address_exists(docker_host: str | None) -> bool:
    if docker_host:
        address = urlsplit(docker_host)
        return address.scheme != "unix" or Path(address.path).exists()
    return any(Path(one).expanduser().exists() for one in _SOCKETS)


def _name(root: Path) -> str:
    return f"lumi-test-{hashlib.sha256(str(root).encode()).hexdigest()[:12]}"


def _url(host: str, port: int | str) -> str:
    return f"postgresql://lumi:lumi@{host}:{port}/lumi"
