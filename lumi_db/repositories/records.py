"""What is only ever added to: audit log and security events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lumi_db.client import load_generated
from lumi_db.dto.base import given
from lumi_db.dto.kinds import DEEPEST_JSON
from lumi_db.redaction import MASK, SECRET_FIELDS
from lumi_db.scope import current_scope

from .arguments import read_instant, read_json, read_text
from .base import ModelT, Repository
from .pages import CursorPage

if TYPE_CHECKING:
    from lumi_db.types import AuditLog, SecurityEvent

_NEVER_IN_PAYLOAD = frozenset({"password", "token", "refreshToken", "secret", "code"}).union(
    *SECRET_FIELDS.values()
)


class AuditLogRepository(Repository["AuditLog"]):
    """Who changed what. The database writes it at every change of an audited table, and lets nobody change it."""

    entity = "AuditLog"
    written_by = "append"

    async def append(
        self,
        action: str,
        entity: str,
        entity_id: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> AuditLog:
        """Note something that no table shows, as done by whoever acts (`acting_as`); secrets become `***`.

        Raises ValidationError for an unknown action.
        """
        read_text(entity, "entity")
        read_text(entity_id, "entity_id")
        scope, secret = current_scope(), SECRET_FIELDS.get(entity, frozenset())
        values: dict[str, Any] = {
            "userId": scope.actor_id,
            "actorId": scope.actor_id,
            "actorType": scope.actor_type,
            "action": action,
            "entity": entity,
            "entityId": entity_id,
            "before": _as_json(before, "before", secret),
            "after": _as_json(after, "after", secret),
            "ipAddress": scope.ip_address,
            "userAgent": scope.user_agent,
            "requestId": scope.request_id,
        }
        return await _write(self, values)

    async def page_of_entity(self, entity: str, entity_id: str, **page: Any) -> CursorPage[AuditLog]:
        """Return a cursor page of what was done to a row, the newest first; `page` is that of `cursor_page`."""
        return await self.cursor_page(where={"entity": entity, "entityId": entity_id}, **page)

    async def page_of_user(self, user_id: str, **page: Any) -> CursorPage[AuditLog]:
        """Return a cursor page of what a user did, also one who was purged, the newest first."""
        return await self.cursor_page(where={"actorId": user_id}, **page)

    async def page_between(self, start: datetime, end: datetime, **page: Any) -> CursorPage[AuditLog]:
        """Return a cursor page of what was done from `start` until before `end`, the newest first."""
        return await self.cursor_page(where=_between(start, end), **page)


class SecurityEventRepository(Repository["SecurityEvent"]):
    """What happened to accounts."""

    entity = "SecurityEvent"
    written_by = "append"

    async def append(
        self, type_: str, *, user_id: str | None = None, payload: Mapping[str, Any] | None = None
    ) -> SecurityEvent:
        """Note an event; address and browser are those of `acting_as`. Secrets in `payload` become `***`.

        Raises ValidationError for an unknown type, RelatedRecordError for an unknown user.
        """
        scope = current_scope()
        values: dict[str, Any] = {
            "userId": user_id,
            "type": type_,
            "ipAddress": scope.ip_address,
            "userAgent": scope.user_agent,
            "payload": _as_json(payload, "payload", _NEVER_IN_PAYLOAD),
        }
        return await _write(self, values)

    async def page_of_user(self, user_id: str, **page: Any) -> CursorPage[SecurityEvent]:
        """Return a cursor page of a user's events, the newest first; `page` is that of `cursor_page`."""
        return await self.cursor_page(where={"userId": user_id}, **page)

    async def page_of_type(self, type_: str, **page: Any) -> CursorPage[SecurityEvent]:
        """Return a cursor page of the events of a type, the newest first."""
        return await self.cursor_page(where={"type": type_}, **page)

    async def page_between(self, start: datetime, end: datetime, **page: Any) -> CursorPage[SecurityEvent]:
        """Return a cursor page of what happened from `start` until before `end`, the newest first."""
        return await self.cursor_page(where=_between(start, end), **page)


def _between(start: datetime, end: datetime) -> dict[str, Any]:
    return {"createdAt": {"gte": read_instant(start, "start"), "lt": read_instant(end, "end")}}


async def _write(repository: Repository[ModelT], values: Mapping[str, Any]) -> ModelT:
    return await repository._insert(given(**values))


def _as_json(values: Mapping[str, Any] | None, name: str, secret: frozenset[str]) -> Any:
    return None if values is None else load_generated().Json(read_json(_masked(values, secret), name))


def _masked(value: Any, secret: frozenset[str], depth: int = 0) -> Any:
    """Hide what is secret, at any depth, and say as text what rows hold and JSON does not have."""
    if depth > DEEPEST_JSON:
        return value  # and refused for its depth
    match value:
        case Mapping():
            return {
                name: MASK if name in secret and one is not None else _masked(one, secret, depth + 1)
                for name, one in value.items()
            }
        case list() | tuple():
            return [_masked(one, secret, depth + 1) for one in value]
        case Decimal():
            return str(value)
        case datetime():
            return value.isoformat()
        case _:
            return value
