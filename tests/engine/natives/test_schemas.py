"""Several PostgreSQL schemas, names that must be quoted, columns Prisma does not know, compound keys, defaults."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from lumi_db.engine.enum_schemas import enum_schemas


def test_the_schema_of_an_enum_is_read_past_strings_and_comments() -> None:
    text = """
        enum A { X @map("} @@schema(\\"no\\")") // } @@schema("no")
          @@schema("one") }
        model enum { id Int @id
          @@schema("two") }
        enum B {
          Y
          @@map("b")
          @@schema("the \\"third\\"")
        }
        enum C { Z }
    """
    assert enum_schemas(text) == {"A": "one", "B": 'the "third"'}


async def test_enums_and_join_tables_are_found_in_their_schemas(db: Any) -> None:
    thing = await db.thing.create({"code": "a", "tint": "PALE", "colour": "BLUE"})
    holder = await db.holder.create(
        {"things": {"connect": {"id": thing.id}}, "sides": {"create": {"label": "s"}}},
        include={"things": True, "sides": True},
    )
    assert [(one.tint, one.tints, one.colour) for one in holder.things] == [("PALE", ["PALE", "RED"], "BLUE")]
    assert [one.level for one in holder.sides] == ["HIGH"]
    assert await db.holder.count(where={"things": {"some": {"tint": "PALE", "tints": {"has": "RED"}}}}) == 1
    emptied = await db.holder.update(
        where={"id": holder.id}, data={"things": {"set": []}}, include={"things": True}
    )
    assert emptied.things == []


async def test_a_failure_names_the_model_of_its_own_schema(natives: ModuleType, db: Any) -> None:
    for model, field in (("thing", "code"), ("side", "label")):
        await getattr(db, model).create({field: "twice"})
        with pytest.raises(natives.errors.UniqueViolationError, match=f"on {model.title()}: `{field}`"):
            await getattr(db, model).create({field: "twice"})


NAMED = {
    name: name for name in ("single", "upper", "accented", "percent", "dollar", "brace", "slash", "longest")
}


async def test_odd_names_are_quoted_everywhere(db: Any) -> None:
    key = {"spacedDotted": {"spaced": "s", "dotted": "d"}}
    data = {**NAMED, "spaced": "s", "dotted": "d"}
    row = await db.named.upsert(where=key, data={"create": data, "update": {}})
    await db.named.create_many([{**NAMED, "parentId": row.id}])
    child = await db.named.find_first(where={**NAMED, "parent": {"is": NAMED}}, include={"parent": True})
    assert child.parent.spaced == "s"
    befriended = await db.named.update(
        where=key,
        data={"slash": "new", "friends": {"connect": [{"id": child.id}]}},
        include={"friends": True},
    )
    assert (befriended.slash, [one.id for one in befriended.friends]) == ("new", [child.id])
    groups = await db.named.group_by(by=["percent", "brace"], max={"dollar": True}, count=True)
    assert groups == [
        {"percent": "percent", "brace": "brace", "_max": {"dollar": "dollar"}, "_count": {"_all": 2}}
    ]


async def test_columns_of_unknown_types_are_left_alone(natives: ModuleType, db: Any) -> None:
    place = await db.place.create({"name": "n"})
    await db.execute_raw("""UPDATE main."Place" SET "before" = '(1,2)', required = '<(3,3),4>'""")
    await db.place.upsert(where={"id": place.id}, data={"create": {"name": "x"}, "update": {"size": 5}})
    await db.place.create_many([{"name": "m"}])
    kept = await db.query_raw(
        'SELECT "before"::text, required::text, size FROM main."Place" ORDER BY id LIMIT 1'
    )
    assert kept == [{"before": "(1,2)", "required": "<(3,3),4>", "size": 5}]
    with pytest.raises(natives.errors.PrismaError, match="`shape` needs a value"):
        await db.sealed.create({"name": "n"})


async def test_compound_keys_go_by_their_names(db: Any) -> None:
    await db.composite.create({"first": 1, "second": "s", "third": 3, "nodes": {"create": [{}]}})
    for key in (
        {"key": {"first": 1, "second": "s"}},
        {"second_third": {"second": "s", "third": 3}},
        {"byThird": {"third": 3, "fourth": "2020-01-01", "fifth": "PALE"}},
    ):
        data = {"create": {"first": 9, "second": "s", "third": 3}, "update": {"note": str(key)}}
        changed = await db.composite.upsert(where=key, data=data)
        assert (changed.first, changed.note) == (1, str(key))
        node = await db.node.create({"one": {"connect": key}}, include={"one": True})
        assert node.one.first == 1


async def test_defaults_are_filled_in(db: Any) -> None:
    await db.defaults.create({})
    await db.defaults.create_many([{}, {"computed": 3}])
    for row in await db.defaults.find_many():
        assert (row.dbInt, row.dbText, row.dbTint, row.dbList) == (2, "abc", "RED", [1, 2])
        assert (row.string, row.bigint, row.level) == ('it\'s "quoted" \\ $1 % é', 2**63 - 1, "HIGH")
        assert [str(one) for one in row.decimals] == ["1.1", "2.5"]
        assert (row.document["n"], row.blobs[0].decode()) == (10**25 + 1, b"\x00\x01")
        assert [len(text) for text in (row.cuid2, row.ulid, row.nanoid, row.nanoid9)] == [24, 26, 21, 9]
