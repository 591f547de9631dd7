"""Say in one sentence why a part could not be written."""

from __future__ import annotations

from seed.errors import NotFinished, PartNotWritten, SeedConflict, SeedError

# Failures that say nothing about the rows: the same command may well work a moment later.
_PASSING = {
    "P1001": "the server could not be reached",
    "P1002": "the server did not answer in time",
    "P1008": "a statement took longer than QUERY_TIMEOUT_MS allows",
    "P1017": "the server closed the connection",
    "P2024": "no connection was free",
    "P2028": "the transaction took too long",
    "P2034": "another program wrote the same rows",
    "P2037": "the server has no connection left",
}


_AGAIN = "run the same command again"
# What takes too long once does so again.
_REMEDIES = {"P1008": f"{_AGAIN} with a larger QUERY_TIMEOUT_MS, or 0 for no limit"}


def explain_outside(error: Exception) -> SeedError | None:
    """Return the error for one beside the writing of a part; None where it is no failure that passes."""
    code = str(getattr(error, "code", None))
    if (reason := _PASSING.get(code)) is None:
        return None
    return NotFinished(f"The seed was broken off, since {reason} ({code}): {_REMEDIES.get(code, _AGAIN)}.")


def explain(part: str, error: Exception) -> SeedError:
    """Return the error that tells of a part what the client's error means."""
    code = getattr(error, "code", None)
    if reason := _PASSING.get(str(code)):
        remedy = _REMEDIES.get(str(code), _AGAIN)
        return PartNotWritten(f"The part {part} was undone, since {reason} ({code}): {remedy}.")
    # The engine's messages name constraints and fields, never a value.
    said = str(error).splitlines()[0].rstrip(".")
    return SeedConflict(
        f"The part {part} was undone, since it does not fit what the database holds ({said}): "
        "mend that, or seed an empty database."
    )
