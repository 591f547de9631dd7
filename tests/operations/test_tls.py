"""TLS with Debian's PostgreSQL: what sslmode and the certificates do, and what is said when they do not fit."""

from __future__ import annotations

import pytest

from lumi_db.engine.driver import Driver
from lumi_db.engine.errors import EngineError
from lumi_db.engine.options import EngineOptions
from lumi_db.engine.statement import Statement
from tests.servers.certificates import PASSWORD, Certificates
from tests.servers.cluster import Cluster

pytestmark = pytest.mark.long

Secured = tuple[Cluster, Certificates]
_TLS = Statement("SELECT ssl, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()")


async def connected(url: str) -> tuple[bool, str | None]:
    """Return whether a connection has TLS, and whom its client's certificate names."""
    driver = Driver(url, EngineOptions(pool_min=1, pool_max=1))
    await driver.open()
    try:
        [row] = await driver.run(_TLS)
    finally:
        await driver.close()
    return tuple(row)


async def refused(url: str) -> EngineError:
    with pytest.raises(EngineError) as caught:
        await connected(url)
    assert PASSWORD not in str(caught.value)
    return caught.value


def named(secured: Secured, parameters: str) -> dict[str, str]:
    """Read `sslmode=require sslcert=client.crt`, where names of files become their paths."""
    pairs = [one.split("=") for one in parameters.split()]
    folder = secured[1].folder
    return {name: str(folder / value) if "." in value else value for name, value in pairs}


@pytest.mark.parametrize(
    ("parameters", "has_tls"),
    [
        ("", True),
        ("sslmode=disable", False),
        ("sslmode=allow", False),
        ("sslmode=prefer", True),
        ("sslmode=require", True),
        ("sslmode=verify-ca sslrootcert=authority.crt", True),
        ("sslmode=verify-full sslrootcert=authority.crt", True),
        ("sslmode=verify-full sslcert=authority.crt", True),
        ("sslaccept=strict sslcert=authority.crt", True),
        ("sslmode=require sslaccept=accept_invalid_certs sslcert=stranger.crt", True),
    ],
)
async def test_sslmode_says_whether_there_is_tls(secured: Secured, parameters: str, has_tls: bool) -> None:
    url = secured[0].url(host="localhost", database="open", **named(secured, parameters))
    assert await connected(url) == (has_tls, None)


@pytest.mark.parametrize("mode", ["allow", "prefer", "require"])
async def test_a_server_that_asks_for_tls_gets_it(secured: Secured, mode: str) -> None:
    assert await connected(secured[0].url(sslmode=mode)) == (True, None)


async def test_a_server_that_asks_for_tls_refuses_what_has_none(secured: Secured) -> None:
    error = await refused(secured[0].url(sslmode="disable"))
    assert (error.code, error.message.split(" in ", 1)[1]) == (
        "P1011",
        "without TLS: set sslmode=require, or allow it there.",
    )


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
async def test_the_certificate_of_another_authority_is_refused(secured: Secured, mode: str) -> None:
    parameters = named(secured, f"sslmode={mode} sslrootcert=stranger.crt")
    error = await refused(secured[0].url(host="localhost", **parameters))
    assert error.code == "P1011"
    assert "cannot be trusted: self-signed certificate in certificate chain." in error.message


async def test_another_name_of_the_host_is_refused_by_verify_full_alone(secured: Secured) -> None:
    by_number = {"host": "127.0.0.1", "database": "open", "sslrootcert": str(secured[1].authority)}
    assert await connected(secured[0].url(**by_number, sslmode="verify-ca")) == (True, None)
    error = await refused(secured[0].url(**by_number, sslmode="verify-full"))
    assert error.code == "P1011"
    assert "cannot be trusted: IP address mismatch" in error.message


@pytest.mark.parametrize(
    "parameters",
    [
        "sslmode=require sslcert=client.crt sslkey=client.key",
        f"sslmode=require sslcert=client.crt sslkey=encrypted.key sslpassword={PASSWORD}",
        "sslmode=verify-full sslrootcert=authority.crt sslcert=client.crt sslkey=client.key",
    ],
)
async def test_a_client_shows_its_certificate(secured: Secured, parameters: str) -> None:
    url = secured[0].url(host="localhost", database="certified", **named(secured, parameters))
    assert await connected(url) == (True, "/CN=lumi")


async def test_a_server_that_asks_for_a_certificate_says_so(secured: Secured) -> None:
    error = await refused(secured[0].url(database="certified", sslmode="require"))
    assert (error.code, error.message.split(" in ", 1)[1]) == (
        "P1011",
        "without a client certificate: give sslcert and sslkey.",
    )


@pytest.mark.parametrize(
    ("parameters", "code", "said"),
    [
        ("sslmode=verify-full", "P1013", "needs the authority's certificate, as sslrootcert"),
        ("sslmode=verify-ca sslrootcert=client.key", "P1011", "names a file without a certificate"),
        ("sslcert=client.crt sslkey=encrypted.key sslpassword=wrong", "P1011", "does not open the key"),
        ("sslcert=client.crt sslkey=encrypted.key", "P1011", "does not open the key"),
        ("sslcert=client.crt sslkey=server.key", "P1011", "do not belong together"),
    ],
)
async def test_files_that_do_not_fit_are_told(
    secured: Secured, parameters: str, code: str, said: str
) -> None:
    error = await refused(secured[0].url(host="localhost", **named(secured, parameters)))
    assert error.code == code
    assert said in error.message
