"""The three roles with the least rights: the script `roles.sql`, under other names where a server holds many shops."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lumi_db.errors import SetupError

if TYPE_CHECKING:
    from lumi_db import Database

PREFIX = "lumi"
_SCRIPT = Path(__file__).with_name("roles.sql")
_ROLE = re.compile(r"\blumi_(owner|app|readonly)\b")
_VALID_PREFIX = re.compile(r"[a-z][a-z0-9_]{0,39}")
_REFUSED = "0LP01"  # invalid_grant_operation, which the script raises with its own sentence


def read_roles_script(*, prefix: str = PREFIX) -> str:
    """Return the SQL, one statement, that makes `<prefix>_owner`, `<prefix>_app` and `<prefix>_readonly`.

    Raises SetupError where the prefix is no plain name.
    """
    if not _VALID_PREFIX.fullmatch(prefix):
        raise SetupError(
            "--prefix must be 1 to 40 lower-case letters, digits and underscores, and begin with a letter."
        )
    return _ROLE.sub(rf"{prefix}_\1", _SCRIPT.read_text(encoding="utf-8"))


async def write_roles(db: Database, *, prefix: str = PREFIX) -> None:
    """Run the script on an open database. Raises SetupError where a role already may do more than it should."""
    from lumi_db.client import errors

    try:
        await db.client.execute_raw(read_roles_script(prefix=prefix))
    except errors.RawQueryError as error:
        if error.meta.get("code") != _REFUSED:
            raise
        raise SetupError(f"{error}, and run the command again.") from error
