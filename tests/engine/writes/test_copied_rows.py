"""create_many of many rows goes by COPY, and means what it means by INSERT."""

from __future__ import annotations

from typing import Any

import pytest

from lumi_db.engine import QueryEvent
from lumi_db.engine.plan.create_many import COPIED_FROM

MANY = COPIED_FROM + 1


def tags(last: str = "last", *, named: str = "t") -> list[dict[str, Any]]:
    return [*({"name": f"{named}{number}"} for number in range(MANY - 1)), {"name": last}]


async def test_the_table_is_asked_whether_it_takes_copy(db: Any, statements: list[QueryEvent]) -> None:
    assert await db.tag.create_many(tags()) == MANY
    asked, sent = statements
    assert asked.sql.startswith("SELECT relkind")
    assert (sent.sql, sent.rows) == ('COPY "Tag" ("name") FROM STDIN', MANY)


async def test_policies_of_rows_are_heeded_by_the_role_that_writes(db: Any, errors: Any) -> None:
    assert await db.tag.create_many(tags("first", named="first ")) == MANY
    for sql in (
        'ALTER TABLE "Tag" ENABLE ROW LEVEL SECURITY',
        """CREATE POLICY taken ON "Tag" USING (true) WITH CHECK (name <> 'refused')""",
        'GRANT ALL ON "Tag" TO pg_monitor',
        'GRANT ALL ON SEQUENCE "Tag_id_seq" TO pg_monitor',
    ):
        await db.execute_raw(sql)
    await as_other_role(db, tags())
    with pytest.raises(errors.DataError, match="violates row-level security"):
        await as_other_role(db, tags("refused", named="other "))
    assert await db.tag.count() == 2 * MANY


async def as_other_role(db: Any, rows: list[dict[str, Any]]) -> None:
    async with db.tx() as tx:
        await tx.execute_raw("SET LOCAL ROLE pg_monitor")
        assert await tx.tag.create_many(rows) == MANY


async def test_rules_of_a_table_are_heeded(db: Any) -> None:
    await db.execute_raw(
        """CREATE RULE kept AS ON INSERT TO "Tag" WHERE NEW.name = 'last' DO INSTEAD NOTHING"""
    )
    await db.tag.create_many(tags())
    assert await db.tag.count() == MANY - 1


async def test_rows_are_written_through_a_view(db: Any) -> None:
    await db.execute_raw('ALTER TABLE "Tag" RENAME TO tags')
    await db.execute_raw('CREATE VIEW "Tag" AS SELECT * FROM tags')
    assert await db.tag.create_many(tags()) == MANY
    assert await db.tag.count() == MANY


@pytest.mark.parametrize("fault", ["taken", "t1", "x" * 30, "raised"])
async def test_an_error_is_that_of_an_insert(db: Any, errors: Any, fault: str) -> None:
    await db.tag.create({"name": "taken"})
    for sql in (
        'ALTER TABLE "Tag" ADD CONSTRAINT short CHECK (length(name) < 20)',
        """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN IF NEW.name = 'raised' THEN RAISE 'not this'; END IF; RETURN NEW; END $$""",
        'CREATE TRIGGER refuse BEFORE INSERT ON "Tag" FOR EACH ROW EXECUTE FUNCTION refuse()',
    ):
        await db.execute_raw(sql)
    told = []
    for rows in (tags(fault)[-5:] + tags(fault)[1:2], tags(fault)):
        with pytest.raises(errors.PrismaError) as refused:
            await db.tag.create_many(rows)
        told.append((type(refused.value), str(refused.value), refused.value.code, refused.value.meta))
    assert told[0] == told[1]
    assert await db.tag.count() == 1


@pytest.mark.parametrize("value", [1e-46, -1e-50, 0.1, 3.4e38, float("inf")])
async def test_a_real_is_rounded_alike(db: Any, value: float) -> None:
    row = await db.sample.create({"real": value})
    await db.sample.create_many([{"real": value}] * MANY)
    assert await db.sample.count(where={"real": row.real}) == MANY + 1
