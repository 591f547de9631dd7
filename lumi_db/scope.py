"""Who acts, from where, and whether deleted rows are wanted: held for the current task, never in globals.

    with acting_as(user.id, "ADMIN", ip_address=request.client.host, request_id=request.id):
        await db.shop.products.update(product_id, {"price": "49.90"})

What runs inside, in other functions and in tasks started there too, is written to the audit log with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Literal

from lumi_db.errors import CallerError

ActorKind = Literal["GUEST", "CUSTOMER", "STAFF", "ADMIN", "SYSTEM"]
DeletedRows = Literal["hidden", "included", "purged", "imported"]

_KINDS = ("GUEST", "CUSTOMER", "STAFF", "ADMIN", "SYSTEM")
LONGEST_TEXT = 1_000


@dataclass(frozen=True, slots=True)
class Scope:
    """One task's scope; without one nobody acts but the program itself (SYSTEM).

    `deleted` says what soft-deleted rows are: not there (`hidden`), rows like others (`included`), or the same
    while a delete deletes for real (`purged`), or all that while rows are written as they are (`imported`).
    """

    actor_id: str | None = None
    actor_type: ActorKind = "SYSTEM"
    ip_address: str | None = None
    user_agent: str | None = None
    request_id: str | None = None
    deleted: DeletedRows = "hidden"

    @property
    def actor(self) -> str | None:
        """Who acts, as JSON with the field names of AuditLog; None for nobody but the program."""
        known = {
            "actorId": self.actor_id,
            "actorType": self.actor_type,
            "ipAddress": self.ip_address,
            "userAgent": self.user_agent,
            "requestId": self.request_id,
        }
        if known == _NOBODY:
            return None
        return json.dumps({name: value for name, value in known.items() if value is not None})


def current_request() -> str | None:
    """Return the `request_id` of the current scope."""
    return _current.get().request_id


_PROGRAM = Scope()
_NOBODY = {"actorId": None, "actorType": "SYSTEM", "ipAddress": None, "userAgent": None, "requestId": None}
_current: ContextVar[Scope] = ContextVar("lumi_db_scope", default=_PROGRAM)


def current_scope() -> Scope:
    """Return the scope of the running task."""
    return _current.get()


@contextmanager
def acting_as(
    actor_id: str | None,
    actor_type: ActorKind,
    *,
    ip_address: str | None = None,
    user_agent: str | None = None,
    request_id: str | None = None,
) -> Iterator[Scope]:
    """Say who acts inside; what it was outside holds again afterwards.

    Texts longer than 1,000 characters are cut: a browser may send anything. Raises CallerError for a kind of
    actor that does not exist, and for a customer, staff or admin without an id.
    """
    if actor_type not in _KINDS:
        raise CallerError(f"actor_type must be one of {', '.join(_KINDS)}.")
    if actor_id is None and actor_type in ("CUSTOMER", "STAFF", "ADMIN"):
        raise CallerError(f"actor_id must be the id of the user who acts as {actor_type}.")
    texts = (actor_id, ip_address, user_agent, request_id)
    actor, address, agent, request = (_storable(text) for text in texts)
    with _set(
        replace(
            _current.get(),
            actor_id=actor,
            actor_type=actor_type,
            ip_address=address,
            user_agent=agent,
            request_id=request,
        )
    ) as scope:
        yield scope


@contextmanager
def with_deleted() -> Iterator[Scope]:
    """Let soft-deleted rows be found, counted and changed inside like others; a delete is still soft."""
    with _set(replace(_current.get(), deleted="included")) as scope:
        yield scope


@contextmanager
def purging() -> Iterator[Scope]:
    """Let a delete inside delete for real, soft-deleted rows too."""
    with _set(replace(_current.get(), deleted="purged")) as scope:
        yield scope


@contextmanager
def importing() -> Iterator[Scope]:
    """Let rows be written as they are inside, `updatedAt` too, and deleted ones be seen: for seeds and imports."""
    with _set(replace(_current.get(), deleted="imported")) as scope:
        yield scope


@contextmanager
def _set(scope: Scope) -> Iterator[Scope]:
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


def _storable(text: str | None) -> str | None:
    """Take out what PostgreSQL cannot store."""
    return None if text is None else text.replace("\0", "")[:LONGEST_TEXT]
