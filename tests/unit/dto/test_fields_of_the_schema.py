"""Every field of the schema is in an input, or it is said who sets it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel, SecretStr

from lumi_db.client import load_datamodel
from lumi_db.dto import accounts, carts, catalogue, coupons, orders, payments, reviews
from lumi_db.dto.base import Changes, Input, parse
from lumi_db.dto.examples import EXAMPLES
from lumi_db.dto.kinds import OneOf
from lumi_db.engine.datamodel import Field
from lumi_db.errors import ValidationError

MODULES = (accounts, carts, catalogue, coupons, orders, payments, reviews)
INPUTS = tuple(
    one
    for module in MODULES
    for one in vars(module).values()
    if isinstance(one, type) and issubclass(one, Input) and one.__module__ == module.__name__
)
FIELDS = load_datamodel().models

WRITTEN_BY_OTHERS = {
    "UserSession": "a login or a refresh makes it",
    "RolePermission": "RoleRepository.allow",
    "UserRole": "UserRepository.assign_role",
    "UserPermission": "UserRepository.grant_permission",
    "SecurityEvent": "what happens to an account writes it",
    "ProductCategory": "ProductCreate.categoryIds",
    "ProductCollection": "links of a collection",
    "ProductMedia": "ProductCreate.mediaIds",
    "VariantMedia": "links of a variant",
    "ReviewMedia": "links of a review",
    "Cart": "CartRepository.get_or_create",
    "OrderItem": "checkout makes it of a cart's item",
    "CouponUsage": "checkout redeems",
    "AuditLog": "triggers write it",
}
"""Model → who writes its rows."""

_BY_CHECKOUT = (
    *("reference", "userId", "status", "currency", "placedAt", "idempotencyHash"),
    *("subtotalAmount", "discountAmount", "taxAmount", "totalAmount"),
    *("shippingAddressSnapshot", "billingAddressSnapshot"),
)

EVERYWHERE = {"id", "createdAt", "updatedAt", "deletedAt", "version"}
"""Set by the client, the policies and the database."""

SET_BY_THE_SERVER = {
    "User": {
        "emailVerified": "the person proves it",
        "emailVerifiedAt": "the person proves it",
        "failedLoginCount": "logins count",
        "lockoutUntil": "logins count",
        "twoFactorSecret": "enable_two_factor",
        "twoFactorEnabled": "enable_two_factor",
        "status": "suspend, activate, delete",
    },
    "ProductVariant": {"stock": "mirrors the inventory"},
    "Category": {"level": "the database's", "path": "the database's"},
    "Inventory": {"quantityReserved": "orders reserve", "quantityOnHand": "the sum of the other two"},
    "CartItem": {"unitPrice": "the variant's"},
    "Order": dict.fromkeys(_BY_CHECKOUT, "checkout")
    | dict.fromkeys(("fulfilledAt", "shippedAt", "deliveredAt", "cancelledAt"), "the status"),
    "Payment": {
        "userId": "the order's",
        "status": "authorise, settle, fail, refund",
        "authorizedAt": "the status",
        "settledAt": "the status",
        "failedAt": "the status",
    },
    "PaymentRefund": {"status": "refund", "processedAt": "refund", "failureReason": "the provider tells"},
    "Review": {
        "orderId": "submit_review looks it up",
        "isVerifiedPurchase": "submit_review looks it up",
        "status": "moderators",
        "helpfulCount": "votes count",
        "notHelpfulCount": "votes count",
    },
    "Coupon": {"usageCount": "checkout redeems"},
}
"""Model → field that no input has → who sets it."""

FILLED_IN = {
    ("PaymentCreate", "amount"): "the order's total",
    ("PaymentRefundCreate", "amount"): "all that is left",
}
"""Required columns without a default that a new row's data may leave out → what is taken then."""

WANTED = {
    ("ReviewCreate", "userId"): "null only after the user was purged",
    ("Checkout", "cartId"): "null only after the cart was purged",
    ("Checkout", "idempotencyKey"): "imported orders have none",
}
"""Columns that may be null and that new rows need all the same → why."""

NO_COLUMNS = {
    "UserCreate": {"password"},
    "Checkout": {"couponCode", "provider"},
    "InventoryAdjust": {"by"},
    "VariantInput": {"quantity"},
    "VariantCreate": {"quantity"},
    "ProductCreate": {"variants", "categoryIds", "mediaIds"},
}
"""Fields of inputs that are for other rows, or for a calculation."""

PYTHON_TYPES = {
    "String": str,
    "Int": int,
    "Boolean": bool,
    "Decimal": Decimal,
    "DateTime": datetime,
    "Json": dict,
}


FIELDS_OF_INPUTS = [
    (one, name, FIELDS[one.entity].fields[name])
    for one in INPUTS
    for name in one.model_fields
    if name in FIELDS[one.entity].fields
]
IDS = [f"{model.__name__}.{name}" for model, name, _ in FIELDS_OF_INPUTS]


@pytest.mark.parametrize("model", sorted(FIELDS))
def test_every_field_of_a_model_is_given_or_it_is_said_who_sets_it(model: str) -> None:
    given = {name for one in INPUTS if one.entity == model for name in one.model_fields}
    if model in WRITTEN_BY_OTHERS:
        assert not given
        return
    said = EVERYWHERE | set(SET_BY_THE_SERVER.get(model, {}))
    assert set(FIELDS[model].fields) - given - said == set(), "in no input, and nobody sets it"
    assert set(SET_BY_THE_SERVER.get(model, {})) & given == set(), "given and set by the server"
    assert set(SET_BY_THE_SERVER.get(model, {})) <= set(FIELDS[model].fields)


@pytest.mark.parametrize("model", INPUTS, ids=lambda one: one.__name__)
def test_an_input_has_no_field_that_the_schema_lacks(model: type[Input]) -> None:
    strange = set(model.model_fields) - set(FIELDS[model.entity].fields)
    assert strange == NO_COLUMNS.get(model.__name__, set())


@pytest.mark.parametrize(("model", "name", "field"), FIELDS_OF_INPUTS, ids=IDS)
def test_types_are_the_schemas(model: type[Input], name: str, field: Field) -> None:
    found = model.model_fields[name]
    assert _plain_types(found.annotation, found.metadata) == {_expected(field)}


@pytest.mark.parametrize(("model", "name", "field"), FIELDS_OF_INPUTS, ids=IDS)
def test_what_may_be_left_out_is_the_schemas(model: type[Input], name: str, field: Field) -> None:
    found = model.model_fields[name]
    if issubclass(model, Changes):
        assert not found.is_required()
        return
    is_needed = field.is_required and field.default is None and not field.is_list
    is_needed = is_needed and (model.__name__, name) not in FILLED_IN
    assert found.is_required() == (is_needed or (model.__name__, name) in WANTED)


@pytest.mark.parametrize(("model", "name", "field"), FIELDS_OF_INPUTS, ids=IDS)
def test_null_is_refused_where_the_column_is_required(model: type[Input], name: str, field: Field) -> None:
    is_allowed = not field.is_required and (model.__name__, name) not in WANTED
    try:
        parse(model, {**EXAMPLES.get(model, {}), name: None})
    except ValidationError as error:
        assert not is_allowed
        assert error.fields == (name,)
    else:
        assert is_allowed


@pytest.mark.parametrize(("model", "name", "field"), FIELDS_OF_INPUTS, ids=IDS)
def test_what_postgresql_cannot_store_is_refused(model: type[Input], name: str, field: Field) -> None:
    for text in ("a\0", "\ud800"):
        value = {"key": [text]} if field.type == "Json" else [text] if field.is_list else text
        with pytest.raises(ValidationError) as caught:
            parse(model, {**EXAMPLES.get(model, {}), name: value})
        assert [one.split(".")[0] for one in caught.value.fields] == [name]


def _expected(field: Field) -> Any:
    return field.type if field.is_enum else PYTHON_TYPES[field.type]


def _plain_types(annotation: Any, metadata: Any = ()) -> set[Any]:
    """Return the types, or names of enums, that an annotation holds inside lists and unions with None."""
    if any(isinstance(one, OneOf) for one in metadata):
        return {next(one.enum for one in metadata if isinstance(one, OneOf))}
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _plain_types(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        return set().union(*(_plain_types(one) for one in arguments)) - {NoneType}
    if origin is list:
        return _plain_types(arguments[0])
    return {str if annotation is SecretStr else origin or annotation}


def test_every_input_can_be_told_to_the_front_end() -> None:
    for one in INPUTS:
        assert issubclass(one, BaseModel)
        assert set(one.model_json_schema()["properties"]) == set(one.model_fields)
