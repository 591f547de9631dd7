"""What an API answers: no secret, nothing inexact, in step with the schema."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from lumi_db.client import load_datamodel
from lumi_db.dto import responses, rows
from lumi_db.dto.responses.catalogue import ProductResponse, to_product_response, to_product_update
from lumi_db.dto.responses.orders import OrderResponse, is_order, to_order_response
from lumi_db.dto.row import Answer, Row
from lumi_db.dto.visibility import INTERNAL_FIELDS, hidden_fields
from lumi_db.redaction import SECRET_FIELDS
from lumi_db.testing import factories
from tools.rows import FILES, render

MODELS = load_datamodel().models


def answers_in(package: Any) -> Iterator[type[Row]]:
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Row) and value.__module__ == module.name:
                yield value


ANSWERS = [*answers_in(rows), *answers_in(responses)]


def fields_of(answer: type[Row]) -> set[str]:
    return {field.alias or name for name, field in answer.model_fields.items()}


def test_every_model_has_an_answer_for_its_columns_and_a_response() -> None:
    assert {one.of_model for one in answers_in(rows)} == set(MODELS)
    assert {one.of_model for one in answers_in(responses)} == set(MODELS)


@pytest.mark.parametrize("file", FILES)
def test_the_written_answers_are_what_the_schema_says(file: str) -> None:
    written = Path(rows.__path__[0]) / f"{file}.py"
    assert written.read_text(encoding="utf-8") == render(file), "run python -m tools.rows"


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: one.__name__)
def test_an_answer_has_all_but_what_is_hidden_and_relations_of_the_schema(answer: type[Row]) -> None:
    model = MODELS[answer.of_model]
    columns = set(model.fields) - hidden_fields(model.name)
    assert columns <= fields_of(answer) <= columns | set(model.relations)
    assert not fields_of(answer) & hidden_fields(model.name)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: one.__name__)
def test_no_secret_can_appear_in_what_an_answer_may_hold(answer: type[Row]) -> None:
    secret = set().union(*SECRET_FIELDS.values())
    named = set(re.findall(r'"(\w+)": \{', json.dumps(answer.model_json_schema(mode="serialization"))))
    assert not named & secret
    with pytest.raises(ValidationError):
        answer.model_validate({"passwordHash": "x"})


def test_what_is_internal_is_there_and_no_secret() -> None:
    for model, names in INTERNAL_FIELDS.items():
        assert names <= set(MODELS[model].fields)
        assert not names & SECRET_FIELDS.get(model, frozenset())


@pytest.mark.parametrize("model", sorted(factories.FACTORIES))
def test_a_row_goes_to_the_wire_and_comes_back_as_it_was(model: str) -> None:
    row = factories.FACTORIES[model].build()
    [answer] = [one for one in answers_in(responses) if one.of_model == model]
    told = answer.of(row)
    text = told.to_json()
    assert answer.model_validate_json(text) == told
    for name, value in json.loads(text).items():
        if isinstance(getattr(row, name), Decimal):
            assert value == str(getattr(row, name).quantize(Decimal("0.01")))
        if isinstance(getattr(row, name), datetime):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value)
    for name in hidden_fields(model):
        secret = getattr(row, name, None)
        assert not isinstance(secret, str) or secret not in text


def test_instants_of_any_zone_are_utc_to_the_millisecond() -> None:
    row = factories.ProductFactory.build()
    moment = datetime(2026, 1, 31, 15, 4, 5, 678_900, tzinfo=timezone(timedelta(hours=3)))
    told = to_product_response(row.model_copy(update={"createdAt": moment}))
    assert told.to_wire()["createdAt"] == "2026-01-31T12:04:05.678Z"
    assert told.created_at.tzinfo is UTC


def test_relations_that_were_not_loaded_are_left_out() -> None:
    row = factories.ProductFactory.build()
    assert "variants" not in to_product_response(row).to_wire()
    loaded = row.model_copy(update={"variants": [factories.VariantFactory.build()]})
    assert len(to_product_response(loaded).to_wire()["variants"]) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price", 49.9),
        ("price", 49),
        ("createdAt", "2026-01-31T12:00:00"),
        ("status", "SOLD"),
        ("unknown", 1),
    ],
)
def test_what_comes_from_the_wire_is_read_strictly(field: str, value: object) -> None:
    wire = {**to_product_response(factories.ProductFactory.build()).to_wire(), field: value}
    with pytest.raises(ValidationError):
        ProductResponse.model_validate_json(json.dumps(wire))


def test_an_answer_fills_the_form_for_a_change() -> None:
    row = factories.ProductFactory.build(title="Dress", price=Decimal("49.90"))
    change = to_product_update(to_product_response(row))
    assert (change.title, change.price) == ("Dress", Decimal("49.90"))
    assert "id" not in change.data()


def test_rows_are_told_from_other_values() -> None:
    order = factories.OrderFactory.build()
    assert is_order(order)
    assert not is_order(to_order_response(order))
    assert not is_order(factories.ProductFactory.build())
    assert not is_order(None)


def test_python_has_its_own_names() -> None:
    told = to_order_response(factories.OrderFactory.build())
    assert told.total_amount == Decimal(told.to_wire()["totalAmount"])
    assert isinstance(told, OrderResponse)
    assert issubclass(OrderResponse, Answer)
