"""Ask a database for the rows that break a rule."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lumi_db.client import table_names
from lumi_db.rules import DEFAULT_RULES
from seed.checks.check import Check
from seed.checks.database import KEYS, SWITCHED_OFF, check_of_key, checks_of_time
from seed.checks.goods import GOODS
from seed.checks.orders import ORDERS, check_of_tax
from seed.checks.payments import PAYMENTS
from seed.checks.people import PEOPLE

if TYPE_CHECKING:
    from lumi_db.client import Prisma

RULES: tuple[Check, ...] = (*PEOPLE, *GOODS, *ORDERS, *PAYMENTS, *SWITCHED_OFF)
TAX_RATE = DEFAULT_RULES.tax_rate

_SHOWN = 3
_ASK = """
SELECT count(*) OVER () AS found, wrong."id"::text AS "id" FROM ({sql}) AS wrong ORDER BY 2 LIMIT {shown}"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Say how many rows break a rule, and name some of them."""

    check: Check
    count: int
    examples: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Return what is wrong in words."""
        return f"There are {self.check.wrong}: {self.count:,}, for example {', '.join(self.examples)}."


async def list_checks(client: Prisma, tax_rate: Decimal = TAX_RATE) -> list[Check]:
    """List all rules, those of the database's foreign keys and of the timestamps of every table too."""
    keys = [check_of_key(**row) for row in await client.query_raw(KEYS)]
    return [*RULES, check_of_tax(tax_rate), *keys, *_times()]


async def find_broken(
    client: Prisma, checks: list[Check], progress: Callable[[str, int, int], None] | None = None
) -> AsyncIterator[Finding]:
    """Ask for each rule whether rows break it: one statement each, which reads and changes nothing."""
    for place, check in enumerate(checks):
        if progress:
            progress("rules", place, len(checks))
        rows = await client.query_raw(_ASK.format(sql=check.sql, shown=_SHOWN))
        if rows:
            yield Finding(check, rows[0]["found"], tuple(row["id"] for row in rows))


def _times() -> Iterator[Check]:
    for table in sorted(table_names()):
        yield from checks_of_time(table)
