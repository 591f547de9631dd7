"""Plans are generators: fed with rows by hand, they say what they would send next."""

from __future__ import annotations

from typing import Any

import pytest

from lumi_db.engine import Datamodel, EngineError
from lumi_db.engine.bind import Binder
from lumi_db.engine.ids import IdSource
from lumi_db.engine.plan import Plan, Planner
from lumi_db.engine.shape import flatten, skeleton
from lumi_db.engine.sources import Context
from tests.engine.conftest import DATAMODEL

from .conftest import NOW


def planned(method: str, name: str, arguments: Any) -> tuple[Plan, Context]:
    datamodel = Datamodel.load(DATAMODEL)
    model = datamodel.models[name]
    shape, values = flatten(arguments)
    fields = list(model.fields.values())
    operation = Binder(datamodel).bind(method, model, skeleton(shape), fields=fields, root_selection=None)
    return Planner(datamodel).plan(operation), Context(values, lambda: NOW, IdSource())


def test_a_nested_create_passes_the_new_id_on(blog: Any) -> None:
    data = {"title": "t", "author": {"connect": {"email": "a"}}, "tags": {"create": [{"name": "x"}]}}
    plan, context = planned("create", "Post", {"data": data})
    assert plan.atomic
    steps = plan.run(context)
    assert next(steps).sql == 'SELECT "t0"."id" AS "id" FROM "users" AS "t0" WHERE "t0"."email" = $1::text'
    insert = steps.send([{"id": "u7"}])
    assert insert.sql.startswith('INSERT INTO "Post"')
    assert "u7" in insert.parameters
    assert steps.send([{"id": 12}]).sql.startswith('INSERT INTO "Tag"')
    join = steps.send([{"id": 34}])
    assert (
        join.sql == 'INSERT INTO "_PostToTag" ("A", "B") VALUES ($1::int4, $2::int4) ON CONFLICT DO NOTHING'
    )
    assert (join.parameters, join.returns) == ((12, 34), "count")
    read = steps.send(1)
    assert (read.sql[:6], read.parameters) == ("SELECT", (12,))
    with pytest.raises(StopIteration) as done:
        steps.send([{"id": 12, "title": "t"}])
    assert done.value.value == [{"id": 12, "title": "t"}]


def test_a_missing_row_ends_the_plan_before_anything_is_written(blog: Any) -> None:
    plan, context = planned(
        "update", "User", {"where": {"id": "u"}, "data": {"posts": {"create": {"title": "t"}}}}
    )
    steps = plan.run(context)
    assert next(steps).sql.startswith("SELECT")
    with pytest.raises(EngineError) as caught:
        steps.send([])
    assert (caught.value.code, "relation" in caught.value.meta) == ("P2025", False)


def test_a_plan_holds_no_values_and_serves_the_next_call_of_its_shape(blog: Any) -> None:
    plan, _ = planned("update_many", "Tag", {"where": {"id": 1}, "data": {"name": "a"}})
    for values, expected in ((["x", 5], ("x", 5)), (["y", 6], ("y", 6))):
        steps = plan.run(Context(list(reversed(values)), lambda: NOW, IdSource()))
        assert next(steps).parameters == expected


def test_an_upsert_takes_the_short_way_only_for_equal_keys(blog: Any) -> None:
    for name, short in (("a", True), ("b", False)):
        arguments = {"where": {"name": "a"}, "create": {"name": name}, "update": {"name": "c"}}
        plan, context = planned("upsert", "Tag", arguments)
        assert plan.shortcut is not None
        assert plan.shortcut[0](context) is short
