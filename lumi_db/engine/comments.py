"""Comments behind the SQL that tell who sent it, as https://google.github.io/sqlcommenter/spec/ has them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from .statement import Statement


def with_comment(statement: Statement, tags: Mapping[str, str]) -> Statement:
    """Return the statement with its tags as a comment; COPY, which has no text of its own, as it is."""
    if not tags or statement.copy_in is not None:
        return statement
    written = ",".join(f"{quote(key, safe='')}='{quote(tags[key], safe='')}'" for key in sorted(tags))
    return statement._replace(sql=f"{statement.sql} /*{written}*/")
