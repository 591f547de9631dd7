"""Hold the fixed day the seeds are made as of, and turn the dates of the data into instants."""

from datetime import UTC, datetime, timedelta, timezone

# A fixed day in the past: the same rows on any day, and none from the future.
AS_OF = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)

# When roles, shelves and the like were set up, before the first product.
OPENING = datetime(2026, 1, 2, 7, 0, tzinfo=UTC)

# Turkey has kept UTC+3 all year round since 2016.
TURKEY = timezone(timedelta(hours=3))


def at(date: str, hour: int = 9, minute: int = 0) -> datetime:
    """Return an hour of an ISO date in Turkey as an instant in UTC."""
    local = datetime.fromisoformat(date).replace(hour=hour, minute=minute, tzinfo=TURKEY)
    return local.astimezone(UTC)
