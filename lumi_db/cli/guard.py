"""The demo's promise: it writes into an empty database or its own, and into no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lumi_db.client import table_names
from lumi_db.errors import ForeignDatabase
from lumi_db.schema_check import read_content

if TYPE_CHECKING:
    from lumi_db import Database

REMEDY = "let DATABASE_URL name an empty database, or unset it to use the demo's own"
_SHOWN = 3


async def check_for_strangers(db: Database) -> None:
    """Raise ForeignDatabase where the open database holds tables of others, or rows that are not the demo's."""
    from seed.profiles import get_profile
    from seed.strangers import describe_strangers

    content = await read_content(db.client)
    if others := sorted(content.tables - table_names()):
        raise ForeignDatabase(
            f"The database holds tables that are not the shop's ({_list(others)}): {REMEDY}."
        )
    # half a schema has no rows worth asking for, and `lumi-db migrate up` says what is wrong with it
    if not table_names() <= content.tables:
        return
    if strangers := await describe_strangers(db.client, get_profile("demo").plan().named):
        raise ForeignDatabase(f"The database holds rows that are not the demo's ({strangers}): {REMEDY}.")


def _list(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"
