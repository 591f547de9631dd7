"""Foreign errors, asyncpg's and the operating system's, into `EngineError`; values never pass."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from ..errors import EngineError
from .sqlstate import LOST, find_rule
from .url import Target

# A function may RAISE with the SQLSTATE of a warning, for which asyncpg has another root.
SERVER_ERRORS = (asyncpg.PostgresError, asyncpg.PostgresWarning)
# What asyncpg and the system raise for a statement; anything else is a bug and passes as it is.
DRIVER_ERRORS = (
    EngineError,
    *SERVER_ERRORS,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    OverflowError,
    ValueError,  # of what Python's types cannot hold, 24:00 for one; UnicodeError is one
)
# Codes after which the server has closed the connection.
LOSING = frozenset({"P1003", "P1017", "P2028"})
# What PgBouncer says of all that it refuses, as FATAL; PostgreSQL says it as ERROR of a message that it goes on after.
PGBOUNCER = "08P01"
PGBOUNCER_SAYS = {
    "does not exist": "P1003",
    "no such database": "P1003",
    "authentication failed": "P1000",
    "no such user": "P1000",
    "no more connections allowed": "P2037",
}
# What pg_hba.conf asks for, in the server's words.
WANTS_TLS = {
    "no encryption": "without TLS: set sslmode=require, or allow it there",
    "client certificate": "without a client certificate: give sslcert and sslkey",
}
# The server ends a connection over which a longer message comes.
LARGEST = 2**30 - 1_000
TOO_LARGE = "The values are larger than PostgreSQL's limit of 1 GB for a statement: store them in parts."
# Kept apart from P2010 in raw SQL: who catches them wants to connect, wait or run the transaction again.
RAW_KEEPS = frozenset({"P1001", "P1003", "P1008", "P1017", "P2028", "P2034", "P2037"})


ServerError = asyncpg.PostgresError | asyncpg.PostgresWarning


def is_lost(error: BaseException) -> bool:
    """Tell whether the connection is gone or cannot be trusted any more; asyncpg has four ways to say so."""
    if isinstance(error, asyncpg.InterfaceError):
        # A killed idle connection. Those that are ValueErrors speak of a parameter, and repeat it.
        return not isinstance(error, ValueError) and "closed" in str(error.args[0])
    if isinstance(error, SERVER_ERRORS):
        return find_rule(error.sqlstate or "").code in LOSING or _is_end(error)
    if isinstance(error, asyncpg.InternalClientError):
        # What a server says while it ends a connection can meet asyncpg in a state with no place for it.
        return not isinstance(error, asyncpg.exceptions.OutdatedSchemaCacheError)
    return isinstance(error, OSError) and not isinstance(error, TimeoutError)


def _is_end(error: ServerError) -> bool:
    return error.sqlstate == PGBOUNCER and getattr(error, "severity", None) == "FATAL"


def translate(error: Exception, *, parameters: Sequence[Any] = (), raw: bool = False) -> EngineError:
    """Return the EngineError for anything a statement raised; `raw` says the SQL was the caller's own."""
    if (is_lost(error) or isinstance(error, OverflowError)) and _size(parameters) > LARGEST:
        return EngineError("P2000", TOO_LARGE, {"column_name": "(not available)"})
    found = _translate(error)
    if raw and isinstance(error, SERVER_ERRORS) and found.code not in RAW_KEEPS:
        return _raw_failure(error, sentence=found.message)
    return found


def _size(parameters: Sequence[Any]) -> int:
    """Return the least number of bytes that these parameters take."""
    return sum(len(one) for one in parameters if isinstance(one, str | bytes))


def _translate(error: Exception) -> EngineError:
    if isinstance(error, EngineError):
        return error
    if isinstance(error, asyncpg.exceptions.InvalidCachedStatementError):
        sentence = "The tables changed while the transaction ran. Run the transaction again."
        return EngineError("P2034", sentence, {"sqlstate": error.sqlstate})
    if isinstance(error, SERVER_ERRORS) and not _is_end(error):
        return _server_failure(error)
    if isinstance(error, TimeoutError):
        return EngineError("P1008", "The operation timed out.", {})
    if is_lost(error):
        return EngineError(LOST.code, LOST.sentence, {})
    if isinstance(error, asyncpg.InterfaceError):
        return _parameter_failure(error)
    if isinstance(error, UnicodeError):
        return EngineError("P2010", "Raw query failed: the SQL is not valid Unicode text.", {"code": "22021"})
    if isinstance(error, OverflowError | ValueError | asyncpg.exceptions.OutdatedSchemaCacheError):
        return EngineError("P2023", "A stored value cannot be read into Python's type for its column.", {})
    return EngineError(None, f"The driver failed with {type(error).__name__}.", {"sqlstate": "XX000"})


def _server_failure(error: ServerError) -> EngineError:
    sqlstate = error.sqlstate or "XX000"
    # PostgreSQL calls a row of a gigabyte a fault of its own; this text of its is never translated.
    is_too_large = sqlstate == "XX000" and "invalid memory alloc request size" in str(error.args[0])
    rule = find_rule("54000" if is_too_large else sqlstate)
    meta = meta_of(error)
    names = {
        "server": primary_message(error),
        "constraint": meta.get("constraint") or "(unnamed)",
        "table": meta.get("table") or "(unnamed)",
        "column": meta.get("column") or "(unnamed)",
        "sqlstate": sqlstate,
    }
    sentence = rule.sentence.format_map(names)
    if is_raised(error):
        told = str(error.args[0])
        sentence, meta["message"] = _raised(rule.code, meta.get("constraint"), told), told
    return EngineError(rule.code, sentence, meta)


def is_raised(error: ServerError) -> bool:
    """Tell whether a trigger or function said this by `RAISE`: its words are its author's, and meant to be read."""
    return bool(getattr(error, "server_source_function", None) == "exec_stmt_raise")


def _raised(code: str | None, constraint: str | None, told: str) -> str:
    if code is None:
        return told
    place = f" ({constraint})" if constraint else ""
    return f"The database refused the change{place}: {told}"


def meta_of(error: ServerError) -> dict[str, Any]:
    """Collect the SQLSTATE and the names the server sent with it: constraint, columns, table and schema."""
    found: dict[str, Any] = {"sqlstate": error.sqlstate}
    for name in ("constraint", "table", "column", "schema"):
        value = getattr(error, f"{name}_name", None)
        if value:
            found[name] = value
    line = copied_line(getattr(error, "context", None) or "")
    if line is not None:
        found["line"] = line
    columns = key_columns(error.detail or "")
    if columns or "column" in found:
        found["columns"] = columns or (found["column"],)
    return found


def copied_line(context: str) -> int | None:
    """Read the line in `COPY users, line 3, column age: "x"`; the word before it depends on the server's language."""
    found = re.search(r"^COPY .*?, \D*(\d+)", context, re.MULTILINE)
    return int(found[1]) if found else None


def key_columns(detail: str) -> tuple[str, ...]:
    """Read the column names of `Key (a, "b c")=(values) already exists.`; the values are not looked at.

    The word before the bracket depends on the server's language, so it is not compared. A bracket with no
    `=(` after it holds values (`Failing row contains (1, null).`) and gives nothing.
    """
    names = _bracket(detail[detail.find("(") + 1 :]) if "(" in detail else None
    return () if names is None else names


def _bracket(text: str) -> tuple[str, ...] | None:
    names: list[str] = []
    depth, quoted, start = 0, False, 0
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif depth == 0 and letter in ",)":
            names.append(_unquoted(text[start:place]))
            start = place + 1
            if letter == ")":
                return tuple(names) if text.startswith("=(", start) else None
        else:
            depth += (letter == "(") - (letter == ")")
    return None


def _unquoted(name: str) -> str:
    name = name.strip()
    if name.startswith('"') and name.endswith('"'):
        return name[1:-1].replace('""', '"')
    return name


def primary_message(error: ServerError) -> str:
    """Return the server's first line, without its detail and hint, which hold values, as does what `: "` begins."""
    return str(error.args[0]).partition("\n")[0].partition(': "')[0].rstrip(".")


def _raw_failure(error: ServerError, *, sentence: str) -> EngineError:
    sqlstate = error.sqlstate or "XX000"
    shown = sentence if sqlstate.startswith("22") or is_raised(error) else primary_message(error)
    meta = {"code": sqlstate, "message": shown, **meta_of(error)}
    return EngineError("P2010", f"Raw query failed. Code: `{sqlstate}`. Message: `{shown}`", meta)


def _parameter_failure(error: asyncpg.InterfaceError) -> EngineError:
    """Say which parameter was refused before anything was sent; asyncpg's own text repeats its value."""
    text = str(error.args[0])
    place = re.match(r"(?:invalid input for )?query argument (\$\d+)", text)
    if "number of query arguments" in text:
        return EngineError("P2029", "The statement has more parameters than the driver accepts (32767).", {})
    if place is None:
        return EngineError(None, "The driver refused the statement or the number of its parameters.", {})
    if isinstance(error.__cause__, OverflowError):
        return EngineError("P2020", f"Parameter {place[1]} is out of range for its column's type.", {})
    return EngineError("P2007", f"Parameter {place[1]} is not valid for its column's type.", {})


def translate_connecting(error: Exception, *, target: Target) -> EngineError:
    """Return the EngineError for a connection that could not be opened, naming server, user and database."""
    match error:
        case EngineError():
            return error
        case TimeoutError() | asyncio.TimeoutError():
            return EngineError(
                "P1002",
                f"The database server at {target.place} did not answer in time; is it behind a firewall?",
            )
        case ssl.SSLError():
            return _failed_tls(error, target)
        case ConnectionError() if "SSL" in str(error):
            return told("P1011", f"The database server at {target.place} does not offer TLS; see sslmode.")
        case OSError():
            return EngineError(
                "P1001", f"Can't reach the database server at {target.place}; is it running there?"
            )
        case asyncpg.PostgresError():
            return _refused(error, target=target)
        case asyncpg.exceptions.TargetServerAttributeNotMatched():
            wanted = target.target_session_attrs
            return told(
                "P1001",
                f"None of the servers at {target.place} is {wanted}: add its host to the URL, or change "
                "target_session_attrs.",
            )
        case asyncpg.exceptions.ClientConfigurationError():
            return _wrong_tls(target)
        case _:
            return _translate(error)


def told(code: str, sentence: str) -> EngineError:
    """Return an error whose sentence says more than its code: whoever shows errors shows `details` of the meta."""
    return EngineError(code, sentence, {"details": sentence})


def _failed_tls(error: ssl.SSLError, target: Target) -> EngineError:
    if isinstance(error, ssl.SSLCertVerificationError):
        said = error.verify_message.rstrip(".")
        return told("P1011", f"The certificate of {target.place} cannot be trusted: {said}.")
    reason = error.reason or type(error).__name__
    return told("P1011", f"Error opening a TLS connection to {target.place}: {reason}.")


def _wrong_tls(target: Target) -> EngineError:
    reason = "it asks for a TLS setting or certificate that cannot be used"
    if (target.ssl_mode or "").startswith("verify") and "sslrootcert" not in target.ssl_files:
        reason = f"sslmode={target.ssl_mode} needs the authority's certificate, as sslrootcert"
    return EngineError("P1013", f"The database URL is invalid: {reason}.", {"details": reason})


def _refused(error: ServerError, *, target: Target) -> EngineError:
    user, place, database = target.user, target.place, target.database
    sentences = {
        "P1000": f"Authentication failed at {place}: the password of user {user} is wrong or missing.",
        "P1003": f"Database {database} does not exist on the server at {place}; create it or mend the URL.",
        "P1010": f"User {user} was denied access to database {database} at {place}; is there such a user?",
        "P2037": f"The database server at {place} has no connection left for user {user}.",
        "P1017": f"The database server at {place} closed the connection while it was being opened.",
        "P1001": f"The database server at {place} does not accept connections now.",
    }
    if error.sqlstate == PGBOUNCER:
        return _refused_by_pgbouncer(str(error.args[0]), sentences=sentences, target=target)
    found = _server_failure(error)
    for words, remedy in WANTS_TLS.items():
        if found.code == "P1010" and words in str(error.args[0]):
            return told("P1011", f"The server at {place} does not let user {user} in {remedy}.")
    meta = {
        "sqlstate": error.sqlstate,
        "database_name": database,
        "database_user": user,
        "database_host": place,
    }
    return EngineError(found.code, sentences.get(found.code or "", found.message), meta)


def _refused_by_pgbouncer(said: str, *, sentences: Mapping[str, str], target: Target) -> EngineError:
    """Read PgBouncer's own words, for which it has one SQLSTATE; before 1.19 it has no other at all."""
    meta = {
        "database_name": target.database,
        "database_user": target.user,
        "database_host": target.place,
    }
    if "startup parameter" in said:
        reason = "PgBouncer answers there: add pgbouncer=true to the URL"
        return EngineError("P1013", f"The database URL is invalid: {reason}.", {"details": reason, **meta})
    for words, code in PGBOUNCER_SAYS.items():
        if words in said:
            return EngineError(code, sentences[code], meta)
    return told("P1001", f"PgBouncer at {target.place} has no connection to the server now.")
