"""From a connection URL to what it says: `postgresql://user:password@host:port/database?parameters`.

The parameters are those of Prisma (https://www.prisma.io/docs/orm/overview/databases/postgresql#arguments);
those it does not know are ignored, as Prisma does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from ..errors import EngineError

SCHEMES = ("postgresql", "postgres")
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
EXAMPLE = "postgresql://user:password@localhost:5432/database"


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect, as whom, and what the URL wants of the session. Times are in seconds.

    `hosts` are pairs of host (or the folder of a unix socket) and port. The password is kept out of `repr`.
    """

    hosts: tuple[tuple[str, int], ...]
    user: str
    database: str
    password: str | None = field(default=None, repr=False)
    schema: str | None = None
    ssl_mode: str | None = None
    ssl_files: Mapping[str, str] = field(default_factory=dict, repr=False)
    connection_limit: int | None = None
    pool_timeout: float | None = None
    connect_timeout: float | None = None
    socket_timeout: float | None = None
    statement_cache_size: int | None = None
    pgbouncer: bool = False
    application_name: str | None = None
    options: str | None = None
    target_session_attrs: str = "any"

    @property
    def place(self) -> str:
        """Return `host:port`, for messages."""
        return ", ".join(f"{host}:{port}" for host, port in self.hosts)


def parse_url(url: str) -> Target:
    """Read a connection URL.

    Raises EngineError P1013 with what is wrong; the message repeats no part that could hold the password.
    """
    parts = _split(url)
    parameters = _parameters_of(parts.query)
    database = unquote(parts.path.removeprefix("/"))
    if not database:
        raise _invalid(f"it names no database after the host, as in {EXAMPLE}")
    user = unquote(parts.username or "") or parameters.get("user", "")
    if not user:
        raise _invalid(f"it names no user before the host, as in {EXAMPLE}")
    if "\0" in unquote(url):
        raise _invalid("it contains a NUL character")
    return Target(
        hosts=_hosts_of(parts, parameters=parameters),
        user=user,
        database=database,
        password=None if parts.password is None else unquote(parts.password),
        schema=parameters.get("schema") or None,
        ssl_mode=_ssl_mode(parameters),
        ssl_files=_ssl_files(parameters),
        connection_limit=_whole(parameters, "connection_limit", least=1),
        pool_timeout=_seconds(parameters, "pool_timeout"),
        connect_timeout=_seconds(parameters, "connect_timeout"),
        socket_timeout=_seconds(parameters, "socket_timeout"),
        statement_cache_size=_whole(parameters, "statement_cache_size", least=0),
        pgbouncer=_flag(parameters, "pgbouncer"),
        application_name=parameters.get("application_name") or None,
        options=parameters.get("options") or None,
        target_session_attrs=_session_attrs(parameters),
    )


def _invalid(reason: str) -> EngineError:
    return EngineError("P1013", f"The database URL is invalid: {reason}.", {"details": reason})


def _split(url: str) -> SplitResult:
    scheme, separator, _ = url.strip().partition("://")
    if not separator or scheme.lower() not in SCHEMES:
        raise _invalid(f"it must start with postgresql:// or postgres://, as in {EXAMPLE}")
    if "#" in url:
        raise _invalid(
            "it has a #: in a user name or password write %23 for it, %40 for @, %2F for /, %3F for ?"
        )
    try:
        return urlsplit(url.strip())
    except ValueError:
        raise _invalid(
            "its host is malformed; an IPv6 address stands in brackets, as in [::1]:5432"
        ) from None


def _parameters_of(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True))


def _hosts_of(parts: SplitResult, *, parameters: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    named = parameters.get("host")
    authority = parts.netloc.rpartition("@")[2]
    if named:
        ports = (parameters.get("port") or authority.rpartition(":")[2] or "5432").split(",")
        hosts = named.split(",")
        if len(ports) not in (1, len(hosts)):
            raise _invalid(
                f"it names {len(hosts)} hosts and {len(ports)} ports: give one port, or one for each host"
            )
        pairs = zip(hosts, ports * (len(hosts) if len(ports) == 1 else 1), strict=True)
        return tuple((host, _port(port, authority=authority)) for host, port in pairs)
    if not authority:
        raise _invalid(f"it names no host, as in {EXAMPLE}")
    return tuple(_host_and_port(one) for one in authority.split(","))


def _host_and_port(text: str) -> tuple[str, int]:
    if text.startswith("["):
        host, _, port = text[1:].partition("]")
        port = port.removeprefix(":")
    else:
        host, _, port = text.partition(":")
    if not host:
        raise _invalid(f"it names no host, as in {EXAMPLE}")
    return unquote(host), _port(port or "5432", authority=text)


def _port(text: str, *, authority: str) -> int:
    if text == authority:
        return 5432
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise _invalid(
            "its port is not a number from 1 to 65535; "
            "special characters in user or password must be percent-encoded (@ is %40, : is %3A, / is %2F)"
        )
    return int(text)


def _ssl_mode(parameters: Mapping[str, str]) -> str | None:
    mode = parameters.get("sslmode")
    if mode is not None and mode not in SSL_MODES:
        raise _invalid(f"sslmode must be one of {', '.join(SSL_MODES)}")
    if parameters.get("sslidentity"):
        raise _invalid("sslidentity (a PKCS#12 file) is not supported; give sslcert and sslkey as PEM files")
    accept = parameters.get("sslaccept")
    if accept not in (None, "strict", "accept_invalid_certs"):
        raise _invalid("sslaccept must be strict or accept_invalid_certs")
    return "verify-full" if accept == "strict" else mode


def _ssl_files(parameters: Mapping[str, str]) -> dict[str, str]:
    """Collect the certificate files; `sslcert` without `sslkey` is the authority's, as in Prisma.

    An authority that is given is checked, as in libpq, unless `sslaccept=accept_invalid_certs` says otherwise.
    """
    known = ("sslrootcert", "sslcert", "sslkey", "sslpassword", "sslcrl")
    files = {name: parameters[name] for name in known if parameters.get(name)}
    if "sslcert" in files and "sslkey" not in files:
        files["sslrootcert"] = files.pop("sslcert")
    if "sslkey" in files and "sslcert" not in files:
        raise _invalid("sslkey needs the certificate that belongs to it, as sslcert")
    if files.get("sslrootcert") == "system":
        raise _invalid(
            "sslrootcert=system is not supported; name the file, as /etc/ssl/certs/ca-certificates.crt"
        )
    is_verified = str(parameters.get("sslmode")).startswith("verify")
    if parameters.get("sslaccept") == "accept_invalid_certs" and not is_verified:
        files.pop("sslrootcert", None)
    return files


def _whole(parameters: Mapping[str, str], name: str, *, least: int) -> int | None:
    text = parameters.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        raise _invalid(f"{name} must be a whole number from {least} up")
    return int(text)


def _seconds(parameters: Mapping[str, str], name: str) -> float | None:
    value = _whole(parameters, name, least=0)
    return None if value is None else float(value)


def _flag(parameters: Mapping[str, str], name: str) -> bool:
    text = parameters.get(name, "false").lower()
    if text not in ("true", "false"):
        raise _invalid(f"{name} must be true or false")
    return text == "true"


def _session_attrs(parameters: Mapping[str, str]) -> str:
    known = ("any", "primary", "standby", "prefer-standby", "read-write", "read-only")
    text = parameters.get("target_session_attrs", "any")
    if text not in known:
        raise _invalid(f"target_session_attrs must be one of {', '.join(known)}")
    return text
