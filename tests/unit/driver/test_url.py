"""Connection URLs: what Prisma's parameters become, and one clear sentence for each that cannot be used."""

from __future__ import annotations

import pytest

from lumi_db.engine.driver import Target, parse_url
from lumi_db.engine.errors import EngineError


def test_a_plain_url_names_user_password_host_port_and_database() -> None:
    assert parse_url("postgresql://ann:secret@db.example:6543/shop") == Target(
        hosts=(("db.example", 6543),), user="ann", database="shop", password="secret"
    )


def test_the_short_scheme_and_the_default_port_are_accepted() -> None:
    assert parse_url("postgres://ann@db/shop").hosts == (("db", 5432),)


def test_special_characters_are_percent_decoded() -> None:
    target = parse_url("postgresql://a%40b:p%2Fq%3Ar%23@h/my%20shop")
    assert (target.user, target.password, target.database) == ("a@b", "p/q:r#", "my shop")


def test_prismas_parameters_are_read() -> None:
    target = parse_url(
        "postgresql://u@h/d?schema=web&connection_limit=7&pool_timeout=3&connect_timeout=4&socket_timeout=9"
        "&statement_cache_size=0&pgbouncer=true&sslmode=require&application_name=app&options=-c%20geqo%3Doff"
    )
    assert (target.schema, target.connection_limit, target.pool_timeout) == ("web", 7, 3.0)
    assert (target.connect_timeout, target.socket_timeout, target.statement_cache_size) == (4.0, 9.0, 0)
    assert (target.pgbouncer, target.ssl_mode, target.application_name) == (True, "require", "app")
    assert target.options == "-c geqo=off"


def test_a_socket_folder_replaces_the_host_and_keeps_the_port() -> None:
    assert parse_url("postgresql://u@localhost:6001/d?host=/run/pg").hosts == (("/run/pg", 6001),)


def test_an_empty_host_with_a_socket_folder_has_the_default_port() -> None:
    assert parse_url("postgresql://u@/d?host=/run/pg").hosts == (("/run/pg", 5432),)


def test_an_ipv6_address_and_several_hosts_are_read() -> None:
    assert parse_url("postgresql://u@[::1]:5433/d").hosts == (("::1", 5433),)
    assert parse_url("postgresql://u@a:1,b/d").hosts == (("a", 1), ("b", 5432))


def test_several_socket_folders_have_one_port_or_one_each() -> None:
    assert parse_url("postgresql://u@/d?host=/a,/b").hosts == (("/a", 5432), ("/b", 5432))
    assert parse_url("postgresql://u@/d?host=/a,/b&port=1,2").hosts == (("/a", 1), ("/b", 2))
    assert parse_url("postgresql://u@x:7/d?host=/a,/b").hosts == (("/a", 7), ("/b", 7))


def test_certificates_are_not_checked_where_the_url_says_so() -> None:
    unchecked = "postgresql://u@h/d?sslaccept=accept_invalid_certs&sslcert=/ca.pem"
    assert dict(parse_url(unchecked).ssl_files) == {}
    assert dict(parse_url(f"{unchecked}&sslmode=verify-ca").ssl_files) == {"sslrootcert": "/ca.pem"}


def test_unknown_parameters_are_ignored() -> None:
    assert parse_url("postgresql://u@h/d?color=red") == parse_url("postgresql://u@h/d")


def test_strict_sslaccept_means_verify_full_and_sslcert_alone_is_the_authority() -> None:
    target = parse_url("postgresql://u@h/d?sslaccept=strict&sslcert=/ca.pem")
    assert (target.ssl_mode, dict(target.ssl_files)) == ("verify-full", {"sslrootcert": "/ca.pem"})


def test_the_repr_shows_no_password() -> None:
    assert "hunter2" not in repr(parse_url("postgresql://u:hunter2@h/d?sslpassword=hunter2"))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "must start with postgresql://"),
        ("mysql://u:hunter2@h/d", "must start with postgresql://"),
        ("postgresql:u:hunter2@h/d", "must start with postgresql://"),
        ("postgresql://u:hunter2@h", "names no database"),
        ("postgresql://u:hunter2@h/", "names no database"),
        ("postgresql://:hunter2@h/d", "names no user"),
        ("postgresql://h/d", "names no user"),
        ("postgresql://u:hunter2@/d", "names no host"),
        ("postgresql://u:hunter2@h:port/d", "port is not a number"),
        ("postgresql://u:hunter2@h:99999/d", "port is not a number"),
        ("postgresql://u:hunter2@h:0/d", "port is not a number"),
        ("postgresql://u:hunter2@[::1/d", "host is malformed"),
        ("postgresql://u:hunter2@h/d%00", "NUL"),
        ("postgresql://u:hunter2@h/d?connection_limit=many", "connection_limit must be a whole number"),
        ("postgresql://u:hunter2@h/d?connection_limit=0", "connection_limit must be a whole number"),
        ("postgresql://u:hunter2@h/d?pool_timeout=-1", "pool_timeout must be a whole number"),
        ("postgresql://u:hunter2@h/d?pgbouncer=maybe", "pgbouncer must be true or false"),
        ("postgresql://u:hunter2@h/d?sslmode=always", "sslmode must be one of"),
        ("postgresql://u:hunter2@h/d?sslidentity=me.p12", "sslidentity"),
        ("postgresql://u:hunter2@h/d?target_session_attrs=best", "target_session_attrs must be one of"),
        ("postgresql://u:hunter2@h/d?sslaccept=always", "sslaccept must be strict or accept_invalid_certs"),
        ("postgresql://u:hunter2@h/d?sslkey=/k.pem", "sslkey needs the certificate"),
        ("postgresql://u:hunter2@h/d?sslrootcert=system", "sslrootcert=system is not supported"),
        ("postgresql://u:hunter2@h/d?host=/a,/b,/c&port=1,2", "names 3 hosts and 2 ports"),
    ],
)
def test_a_url_that_cannot_be_used_is_told_why_without_its_password(url: str, reason: str) -> None:
    with pytest.raises(EngineError, match=reason) as caught:
        parse_url(url)
    assert caught.value.code == "P1013"
    assert "hunter2" not in str(caught.value) + repr(caught.value.meta)


@pytest.mark.parametrize("password", ["pa@55", "pa:55", "pa 55"])
def test_a_password_that_can_be_told_apart_needs_no_encoding(password: str) -> None:
    assert parse_url(f"postgresql://u:{password}@h/d").password == password


@pytest.mark.parametrize("password", ["pa#55", "pa/55", "pa?55"])
def test_a_password_that_needs_encoding_is_refused_and_never_shown(password: str) -> None:
    with pytest.raises(EngineError) as caught:
        parse_url(f"postgresql://u:{password}@h/d")
    assert "55" not in str(caught.value).replace("65535", "")


def test_a_bare_hash_is_told_with_how_to_write_it() -> None:
    with pytest.raises(EngineError, match="write %23 for it") as caught:
        parse_url("postgresql://u:hun#ter2@localhost/db")
    assert "ter2" not in str(caught.value)
