"""Rows of every model are the same in Python and in Node, whoever wrote them."""

from __future__ import annotations

from lumi_db import Database
from lumi_db.client import load_datamodel

from . import rows
from .support import Node

READ = """
const rows = {}
for (const name of input) rows[name] = await prisma[name[0].toLowerCase() + name.slice(1)].findMany()
return rows
"""
WRITE = """
await prisma.$transaction(async (tx) => {
  for (const [name, data] of input) await tx[name[0].toLowerCase() + name.slice(1)].createMany({ data })
})
"""


async def test_every_row_is_the_same_on_both_sides_whoever_wrote_it(node: Node, database: Database) -> None:
    models = list(load_datamodel().models)
    await rows.write_all(database)
    written = await rows.read_all(database)
    assert {
        (name, field)
        for name, found in written.items()
        for field in load_datamodel().models[name].fields
        if all(row[field] in (None, [], {}) for row in found)
    } == rows.NEVER_FULL
    read = node.run(READ, models)
    assert {name: rows.in_order(name, found) for name, found in read.items()} == written

    made = dict(rows.copies(written))
    assert made.keys() == set(models)
    data = [
        [name, [{field: value for field, value in row.items() if value is not None} for row in copies]]
        for name, copies in made.items()
    ]
    node.run(WRITE, data)
    after = await rows.read_all(database)
    for name, copies in made.items():
        kept = {rows.key_of(name, row): row for row in after[name]}
        for row in copies:
            assert kept[rows.key_of(name, row)] == rows.as_kept(name, row), name


async def test_both_nulls_of_json_are_told_apart(node: Node, database: Database) -> None:
    code = """
      const payloads = [Prisma.JsonNull, Prisma.DbNull, [null]]
      for (const payload of payloads) await prisma.securityEvent.create({ data: { type: 'LOGOUT', payload } })
      const where = (equals) => ({ where: { payload: { equals } } })
      return [await prisma.securityEvent.count(where(Prisma.JsonNull)),
        await prisma.securityEvent.count(where(Prisma.DbNull))]
    """
    assert node.run(code) == [1, 1]
    found = await database.client.query_raw(
        'SELECT jsonb_typeof("payload") AS kind FROM "SecurityEvent" ORDER BY 1'
    )
    assert [row["kind"] for row in found] == ["array", "null", None]
