"""Whatever a request brings: an input, or a 4xx problem document that names the field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lumi_db import BodyTooLarge, OperationError, QueryError, ValidationError
from lumi_db.dto.bodies import LARGEST_BODY, read_body, read_filter, read_query
from lumi_db.dto.catalogue import ProductCreate
from lumi_db.dto.pages import CursorQuery, PageQuery

GOOD: dict[str, Any] = {"title": "Dress", "slug": "dress", "price": "49.90"}


def refused(body: bytes | str) -> dict[str, Any]:
    with pytest.raises(OperationError) as caught:
        read_body(ProductCreate, body)
    problem = caught.value.problem()
    assert 400 <= problem["status"] < 500
    assert "SELECT" not in str(problem)
    return problem


def test_a_good_body_is_an_input() -> None:
    assert read_body(ProductCreate, json.dumps(GOOD)).price.as_tuple().digits == (4, 9, 9, 0)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"colour": "red"}, "colour", "colour is not known here: use one of title, "),
        ({"status": "SOLD"}, "status", "status must be one of 'DRAFT', 'ACTIVE' or 'ARCHIVED'."),
        ({"title": "x" * 201}, "title", "title must not be longer than 200 characters: shorten it."),
        ({"currency": "Lira"}, "currency", "currency must not be longer than 3 characters: shorten it."),
        ({"currency": "tl1"}, "currency", "currency must be three capitals of ISO 4217, such as TRY."),
        (
            {"price": 49.9},
            "price",
            "price must be an amount as a text, such as '49.90': a JSON number is not exact.",
        ),
        (
            {"price": 49},
            "price",
            "price must be an amount as a text, such as '49.90': a JSON number is not exact.",
        ),
        ({"price": "NaN"}, "price", "price must be an amount: give a Decimal, or a text such as '49.90'."),
        (
            {"price": "49.999"},
            "price",
            "price must not have more than two places after the point: round it first.",
        ),
        (
            {"price": None},
            "price",
            "price must be an amount: give a Decimal, or a text such as '49.90'.",
        ),
        (
            {"variants": [{"title": "M", "sku": "x", "price": "-1"}]},
            "variants.0.price",
            "variants.0.price must be an",
        ),
        ({"variants": "many"}, "variants", "variants must be a list."),
    ],
)
def test_a_wrong_field_is_named_with_the_remedy(given: dict[str, Any], field: str, words: str) -> None:
    problem = refused(json.dumps({**GOOD, **given}))
    assert problem["status"] == 422
    assert problem["fields"] == [field]
    assert problem["errors"][0]["message"].startswith(words)


def test_dates_without_a_zone_are_refused() -> None:
    with pytest.raises(QueryError, match="createdAt.gte must be an instant with its offset, such as"):
        read_filter("Product", {"createdAt": {"gte": "2026-01-31T12:00:00"}})


@pytest.mark.parametrize(
    "body",
    [
        b"", b"\xff\xfe", b"{", b"[" * 100_000, b"null", b'"text"', b"[]", b'{"price": NaN}', b'{"price": Infinity}',
        b'{"attributes":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001, b'{"title": "\\ud800"}',
    ],
)  # fmt: skip
def test_what_is_no_json_or_no_object_is_refused(body: bytes) -> None:
    assert refused(body)["status"] == 422


def test_json_that_is_nested_too_deeply_names_its_field() -> None:
    deep: dict[str, Any] = {}
    for _ in range(70):
        deep = {"a": deep}
    problem = refused(json.dumps({**GOOD, "attributes": deep}))
    assert problem["errors"] == [
        {"field": "attributes", "message": "attributes must not be nested deeper than 64 levels: flatten it."}
    ]


def test_ten_megabytes_are_refused_before_they_are_read() -> None:
    with pytest.raises(BodyTooLarge) as caught:
        read_body(ProductCreate, b"x" * 10_000_000)
    assert caught.value.problem()["status"] == 413
    assert caught.value.message == f"The body has 10,000,000 bytes: send {LARGEST_BODY:,} or fewer."


def test_the_queries_of_a_url_are_texts() -> None:
    wanted = read_query(PageQuery, {"number": "2", "size": "50", "sort": "price,-createdAt"})
    assert wanted.arguments() == {"number": 2, "size": 50, "sort": "price,-createdAt"}
    assert read_query(CursorQuery, {"after": "abc"}).arguments()["after"] == "abc"


@pytest.mark.parametrize(
    ("query", "field"),
    [({"size": "0"}, "size"), ({"size": "many"}, "size"), ({"number": "-1"}, "number"), ({"page": "1"}, "page"),
     ({"sort": "price;drop"}, "sort"), ({"size": "9" * 400}, "size")],
)  # fmt: skip
def test_a_wrong_query_is_a_bad_request(query: dict[str, str], field: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_query(PageQuery, query)
    assert (caught.value.problem()["status"], caught.value.fields) == (400, (field,))


def test_filters_are_read_as_the_repositories_take_them() -> None:
    found = read_filter("Product", '{"status": "ACTIVE", "price": {"gte": "10.00", "notIn": ["11.00"]}}')
    assert str(found["price"]) == "{'gte': Decimal('10.00'), 'not_in': [Decimal('11.00')]}"
    assert found["status"] == "ACTIVE"


@pytest.mark.parametrize(
    ("filters", "field"),
    [
        ({"passwordHash": "x"}, "passwordHash"),
        ({"email": {"like": "x"}}, "email.like"),
        ({"status": {"in": ["SOLD"]}}, "status.in.0"),
        ({"createdAt": 1}, "createdAt"),
        ({"emailVerified": "yes"}, "emailVerified"),
        ({"email": {"in": ["x"] * 1_001}}, "email.in"),
    ],
)
def test_a_wrong_filter_names_its_place(filters: dict[str, Any], field: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_filter("User", filters)
    assert caught.value.fields == (field,)


def test_errors_are_of_the_family_of_wrong_data() -> None:
    assert issubclass(BodyTooLarge, ValidationError)
