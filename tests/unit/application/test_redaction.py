"""No model shows a secret, and no field that looks secret is forgotten."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from pydantic import ValidationError
from rich.console import Console

from lumi_db import types
from lumi_db.client import load_generated, model_names
from lumi_db.redaction import HARMLESS_FIELDS, MASK, SECRET_FIELDS

SECRET = "hunter2"
LOOKS_SECRET = re.compile(
    r"password|secret|token|hash|fingerprint|session|payload|html|key|salt|pin$|cvv|cvc|otp|credential",
    re.IGNORECASE,
)


def scalar_fields() -> list[tuple[str, str]]:
    relations = load_generated().metadata.RELATIONAL_FIELD_MAPPINGS
    return [
        (model, field)
        for model in sorted(model_names())
        for field in getattr(types, model).model_fields
        if field not in relations.get(model, {})
    ]


def test_every_field_that_looks_secret_is_in_one_of_the_tables() -> None:
    listed = {
        (model, field)
        for table in (SECRET_FIELDS, HARMLESS_FIELDS)
        for model in table
        for field in table[model]
    }
    suspicious = {entry for entry in scalar_fields() if LOOKS_SECRET.search(entry[1])}
    assert suspicious - listed == set()


def test_the_tables_name_fields_that_exist() -> None:
    listed = {
        (model, field)
        for table in (SECRET_FIELDS, HARMLESS_FIELDS)
        for model in table
        for field in table[model]
    }
    assert listed <= set(scalar_fields())


@pytest.mark.parametrize(
    ("model", "field"), [(model, field) for model in SECRET_FIELDS for field in sorted(SECRET_FIELDS[model])]
)
def test_a_secret_field_shows_only_that_it_is_set(model: str, field: str) -> None:
    row = getattr(types, model).model_construct(**{field: SECRET})
    console = Console(file=StringIO(), width=500)
    console.print(row)
    shown = f"{row!r} {row} {console.file.getvalue()}"  # type: ignore[attr-defined]  # a StringIO
    assert SECRET not in shown
    assert f"{field}='{MASK}'" in shown
    assert getattr(row, field) == SECRET


def test_an_unset_secret_is_shown_as_unset() -> None:
    assert "twoFactorSecret=None" in repr(types.User.model_construct(twoFactorSecret=None))


def test_rows_inside_rows_are_masked_too() -> None:
    user = types.User.model_construct(passwordHash=SECRET)
    assert SECRET not in repr(types.Order.model_construct(user=user))


def test_a_class_made_from_a_model_is_masked_too() -> None:
    class Customer(types.User):
        pass

    assert SECRET not in repr(Customer.model_construct(passwordHash=SECRET))


def test_a_row_that_is_invalid_is_described_without_its_values() -> None:
    with pytest.raises(ValidationError) as caught:
        types.User.model_validate({"passwordHash": SECRET, "status": SECRET, "twoFactorSecret": [SECRET]})
    assert SECRET not in f"{caught.value!r} {caught.value}"
