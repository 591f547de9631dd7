"""The client's exceptions in the shop's words: one table from Prisma code to OperationError."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from lumi_db import client
from lumi_db.errors import (
    ConflictError,
    FieldProblem,
    NotFoundError,
    OperationError,
    OperationFailedError,
    OperationTimeoutError,
    OutcomeUnknownError,
    PoolTimeoutError,
    QueryError,
    QueryTimeoutError,
    RelatedRecordError,
    ServiceUnavailableError,
    ValidationError,
    WriteConflictError,
)
from lumi_db.observability.incidents import is_query_timeout

_CLASSES: Mapping[str, type[OperationError]] = {
    "P1001": ServiceUnavailableError,
    "P1002": ServiceUnavailableError,
    "P1008": OperationTimeoutError,
    "P1017": ServiceUnavailableError,
    "P2000": ValidationError,
    "P2002": ConflictError,
    "P2003": RelatedRecordError,
    "P2004": ValidationError,
    "P2007": ValidationError,
    "P2009": QueryError,
    "P2011": ValidationError,
    "P2012": ValidationError,
    "P2014": RelatedRecordError,
    "P2017": NotFoundError,
    "P2018": NotFoundError,
    "P2019": ValidationError,
    "P2020": ValidationError,
    "P2024": PoolTimeoutError,
    "P2025": NotFoundError,
    "P2028": OperationTimeoutError,
    "P2034": WriteConflictError,
    "P2037": ServiceUnavailableError,
}

# What a constraint makes of raw SQL.
_RAW_CODES: Mapping[str, str] = {
    "23505": "P2002",
    "23503": "P2003",
    "23001": "P2003",
    "23514": "P2004",
    "23502": "P2011",
}

# A text too long for an index, a row too large: other data would pass.
_BEYOND_A_LIMIT = "54000"

# "<Table>_<field>_<rule>" is the name of every check (docs/schema.md). A trigger brings its own sentence.
_RULES: Mapping[str, str] = {
    "not_negative": "must not be negative",
    "at_least_1": "must be at least 1",
    "positive": "must be more than 0",
    "1_to_5": "must be from 1 to 5",
    "1_to_12": "must be from 1 to 12",
    "0_to_100": "must be from 0 to 100",
    "four_digits": "must be a year of four digits",
    "percentage": "must be from 0 to 100 for a percentage",
    "no_card_number": "must not hold a card number; store the provider's token",
    "after_createdAt": "must be after createdAt",
    "after_startsAt": "must be after startsAt",
    "within_limit": "must not be above usageLimit",
    "within_total": "must not be above totalAmount",
    "within_quantity": "must be from 0 to quantity",
    "bcrypt": "must be a bcrypt hash",
    "sha256": "must be 64 hexadecimal digits",
    "object": "must be an object",
    "follows_deletedAt": "must be DELETED exactly when deletedAt is set",
}
_SUMS: Mapping[str, str] = {
    "Order_totalAmount_sum": "must be subtotalAmount - discountAmount + shippingAmount",
    "Inventory_quantityOnHand_sum": "must be quantityAvailable + quantityReserved",
}
_SHAPES: Mapping[str, str] = {
    "email": "must be an e-mail address in lower case, like ada@example.com",
    "slug": "must be lower-case words joined by `-`, like linen-dress",
    "sku": "must be letters and digits, joined by `.`, `_`, `/` or `-`",
    "code": "must be capitals and digits, `-` and `_`",
    "currency": "must be a currency of ISO 4217, like TRY",
    "country": "must be a country of ISO 3166-1, like TR",
    "key": "must be `domain:action`, like product:publish",
    "binNumber": "must be six to eight digits",
    "lastFourDigits": "must be four digits",
    "reference": "must be like LM-2026-000001",
    "assetId": "must be a name without `#`",
}
# Unique indexes over some rows only: the fields alone would not say what is wrong.
_TAKEN: Mapping[str, str] = {
    "Cart_userId_active_key": "This user has an active cart already: use it, or check it out first.",
    "Cart_sessionId_active_key": "This session has an active cart already: use it, or check it out first.",
    "Address_userId_default_key": "This user has a default address already: make that one no default first.",
    "SavedCard_userId_default_key": "This user has a default card already: make that one no default first.",
    "ProductVariant_productId_primary_key": "This product has a primary variant: make that one not primary first.",
    "ProductCategory_productId_primary_key": "This product has a primary category already.",
    "ProductMedia_productId_primary_key": "This product has a primary picture already.",
    "VariantMedia_variantId_primary_key": "This variant has a primary picture already.",
    "Order_cartId_key": "An order was made of this cart already.",
    "Review_userId_productId_key": "This user has reviewed this product already: edit that review.",
}
_WHERE = re.compile(r"^where\.(AND\.\d+\.)*")
_WHERE_IN_WORDS = re.compile(r"`where\.(AND\.\d+\.)*")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


@contextmanager
def in_shop_words(entity: str | None = None) -> Iterator[None]:
    """Raise OperationErrors for what the client raises inside; `entity` names the model where the error does not."""
    try:
        yield
    except client.errors.PrismaError as error:
        translated = translate(error, entity)
        if translated is None:
            raise
        # The client's error holds no values (docs/errors.md), so it may be seen behind ours.
        raise translated from error


@contextmanager
def in_words_of_a_query(entity: str | None = None) -> Iterator[None]:
    """As `in_shop_words`, where what is wrong with values is wrong with the query: a QueryError without `where.`."""
    try:
        with in_shop_words(entity):
            yield
    except ValidationError as error:
        fields = tuple(_WHERE.sub("", field) for field in error.fields)
        message = _WHERE_IN_WORDS.sub("`", error.message)
        raise QueryError(message, entity=error.entity, fields=fields, code=error.code) from error.__cause__


def translate(error: Exception, entity: str | None = None) -> OperationError | None:
    """Return the OperationError for one of the client's exceptions; None for those that tell of a bug."""
    code, meta = getattr(error, "code", None), getattr(error, "meta", None) or {}
    model = meta.get("modelName") or entity
    if code == "P2010" and str(meta.get("code", "")).startswith("22"):
        code, meta = "P2007", {}
    if code == "P2010" and meta.get("code") in _RAW_CODES:
        code, model, meta = _RAW_CODES[meta["code"]], meta.get("table") or entity, _as_from_client(meta)
    if code == "P1017" and meta.get("outcome") == "unknown":
        return OutcomeUnknownError(
            "The connection was lost during COMMIT: look whether it took effect before doing it again.",
            entity=model,
            code=code,
        )
    if code is None and not meta.get("sqlstate"):
        return None
    kind = _CLASSES.get(code or "", OperationFailedError)
    if meta.get("sqlstate") == _BEYOND_A_LIMIT:
        kind = ValidationError
    if is_query_timeout(code, meta.get("sqlstate")):
        kind = QueryTimeoutError
    if code == "P2028" and "Unable to start" in str(error):
        kind = PoolTimeoutError
    fields = _fields(code, meta)
    message = _sentence(code, meta, model, fields) or str(error)
    problems = tuple(FieldProblem(field, message) for field in fields) if kind is ValidationError else ()
    return kind(message, entity=model, fields=fields, problems=problems, code=code)


def _as_from_client(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return the meta of a constraint that raw SQL broke as the client's own calls have it."""
    known = {
        **meta,
        "sqlstate": meta["code"],
        "target": meta.get("columns"),
        "field_name": ", ".join(meta.get("columns", ())),
    }
    if _broken_rule({"constraint": meta.get("constraint")}):
        del known["message"]
    return known


def entity_words(entity: str | None) -> str:
    """Return a model's name as people say it: `ProductVariant` is a product variant."""
    return _WORD.sub(" ", entity or "record").lower()


def not_found(entity: str, *, by: str = "id") -> NotFoundError:
    """Return the error for a row that is not there; it does not repeat what was asked for."""
    return NotFoundError(
        f"There is no {entity_words(entity)} with this {by}.", entity=entity, fields=(by,), code="P2025"
    )


def _fields(code: str | None, meta: Mapping[str, Any]) -> tuple[str, ...]:
    if code == "P2002":
        return tuple(meta.get("target") or ())
    if code == "P2003":
        return tuple(filter(None, str(meta.get("field_name") or "").split(", ")))
    if code == "P2004":
        return tuple(meta.get("columns") or ()) or _constraint_parts(meta)[:1]
    if code == "P2011":
        found = meta.get("constraint")
        return tuple(found) if isinstance(found, list) else ()
    path = meta.get("path")
    return (str(path).removeprefix("data."),) if path else ()


def _constraint_parts(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the field and the rule that a constraint is named after."""
    return tuple(str(meta.get("constraint", "")).split("_", 2)[1:])


def _sentence(
    code: str | None, meta: Mapping[str, Any], model: str | None, fields: tuple[str, ...]
) -> str | None:
    match code:
        case "P2002":
            taken = _TAKEN.get(str(meta.get("constraint")))
            return taken or f"{_article(model)} with this {' and '.join(fields) or 'key'} already exists."
        case "P2003":
            return _related(meta, model, fields)
        case "P2004":
            return _broken_rule(meta)
        case "P2011":
            return f"{' and '.join(fields) or 'A field'} must not be null: give a value."
        case "P2025" | "P2017" | "P2018" if not meta.get("relation"):
            return f"There is no such {entity_words(model)}."
        case _ if is_query_timeout(code, meta.get("sqlstate")):
            return "A query took longer than it may and was ended: ask for less, or raise QUERY_TIMEOUT_MS."
        case "P2034":
            return "Two transactions were in each other's way: run all of this one again."
        case _:
            return None


def _related(meta: Mapping[str, Any], model: str | None, fields: tuple[str, ...]) -> str:
    if "message" in meta:
        return _as_sentence(str(meta["message"]))
    name = fields[0] if fields else "a key"
    # 23001, and 23503 with the columns pointed at, come when rows are in the way of a delete.
    if meta.get("sqlstate") == "23001" or tuple(meta.get("columns", ())) != fields:
        return f"{_article(model)} points at it with {name}: delete or change that first."
    return f"{name} points at a row that does not exist: give the id of one that does."


def _broken_rule(meta: Mapping[str, Any]) -> str | None:
    if "message" in meta:
        return _as_sentence(str(meta["message"]))
    parts = _constraint_parts(meta)
    if len(parts) != 2:
        return None
    constraint = str(meta.get("constraint"))
    said = find_rule_words(constraint)
    return f"{parts[0]} {said}." if said else f"{parts[0]} breaks the rule {constraint} (docs/schema.md)."


def find_rule_words(constraint: str) -> str | None:
    """Return what a check wants of its field, such as "must not be negative"."""
    _, field, rule = constraint.split("_", 2)
    return _SUMS.get(constraint) or (_SHAPES.get(field) if rule == "shape" else _RULES.get(rule))


def _as_sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def _article(model: str | None) -> str:
    words = entity_words(model)
    # "user" begins with a consonant when it is spoken
    return f"{'An' if words[0] in 'aeio' else 'A'} {words}"
