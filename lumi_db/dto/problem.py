"""Problem documents (RFC 9457), as `OperationError.problem()` makes them."""

from __future__ import annotations

from .row import Answer


class FieldProblemResponse(Answer):
    """What is wrong with one field; `field` is a path such as `variants.0.price`."""

    field: str
    message: str


class ProblemResponse(Answer):
    """Why a request was refused or failed; `retryable` says that the same may succeed later."""

    type: str
    title: str
    status: int
    detail: str
    instance: str | None = None
    code: str | None = None
    entity: str | None = None
    fields: list[str] | None = None
    errors: list[FieldProblemResponse] | None = None
    retryable: bool | None = None
