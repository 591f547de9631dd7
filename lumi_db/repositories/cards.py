"""Saved cards: the provider's tokens, never numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lumi_db.dto.payments import SavedCardCreate, SavedCardUpdate

from .arguments import read_instant
from .owned import OwnedRepository

if TYPE_CHECKING:
    from lumi_db.types import SavedCard


class SavedCardRepository(OwnedRepository["SavedCard"]):
    """Cards a user pays with again."""

    entity = "SavedCard"
    create_model = SavedCardCreate
    update_model = SavedCardUpdate

    async def list_valid(self, user_id: str, *, at: datetime | None = None) -> list[SavedCard]:
        """Return a user's cards that have not expired, in one statement; a card is good to the end of its month."""
        now = datetime.now(UTC) if at is None else read_instant(at, "at")
        later = [
            {"expiryYear": {"gt": now.year}},
            {"expiryYear": now.year, "expiryMonth": {"gte": now.month}},
        ]
        return await self.list_(where={"userId": user_id, "OR": later})
