"""`Loading`: a call of `load_many`, from rows that may be endless to COPY, a chunk at a time."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, aclosing
from itertools import islice
from typing import Any

from .bind.common import wrong_type
from .call import Call
from .driver import Session
from .errors import EngineError
from .locking import check_locking
from .plan.load import LoadPart
from .plan.many_rows import Numbered

# Constraints and what triggers raise: one row is at fault, and another half may be without it.
_OF_A_ROW = ("23", "P0")


class Loading(Call):
    """Writes all rows or none: in a transaction of its own, or in a savepoint of the one it is in."""

    __slots__ = ()

    async def work(self, arguments: Mapping[str, Any], _: Sequence[str] | None) -> int:
        chunk, model = arguments["chunk"], self._model
        if self._lock is not None:
            check_locking(self._method)
        if type(chunk) is not int or chunk < 1:
            raise EngineError("P2019", "`chunk` must be a positive int.", {"path": "chunk"})
        assert model is not None
        context = self._engine.context([])
        async with aclosing(_chunks(arguments["rows"], chunk)) as chunks:
            first = await anext(chunks, None)
            if first is None:
                return 0
            parts = list(self._engine.plans.load(model, first, context))
            async with self._atomic() as session:
                self._session = session
                total = await self._load(session, parts)
                async for rows in chunks:
                    total += await self._load(session, self._engine.plans.load(model, rows, context))
        return total

    def _atomic(self) -> AbstractAsyncContextManager[Session]:
        driver = self._engine.driver
        return (
            driver.session(may_last=True)
            if self._transaction is None
            else driver.savepoint(self._transaction)
        )

    async def _load(self, session: Session, parts: Iterable[LoadPart]) -> int:
        return sum([await self._load_part(session, part) for part in parts])

    async def _load_part(self, session: Session, part: LoadPart) -> int:
        """Write rows of equal columns; where one is at fault, its number is in the error."""
        try:
            async with session.savepoint():
                return await self._send(session, part)
        except EngineError as error:
            line = error.meta.pop("line", None)
            if line is not None:
                raise _at_fault(error, part.places[line - 1]) from None
            if len(part.places) == 1:
                raise _at_fault(error, part.places[0]) from None
            if part.statement.copy_in is None or not str(error.meta.get("sqlstate")).startswith(_OF_A_ROW):
                raise
            failed = error
        for half in part.halves():
            await self._load_part(session, half)
        raise failed

    async def _send(self, session: Session, part: LoadPart) -> int:
        sent: int = await self._set(session, self._observed(session.run))(part.statement)
        return sent

    def _translated(self, error: EngineError) -> EngineError:
        row = error.meta.get("row")
        told = super()._translated(error)
        if row is None:
            return told
        return EngineError(told.code, f"`rows.{row}`: {told.message}", told.meta)


def _at_fault(error: EngineError, row: int) -> EngineError:
    return EngineError(error.code, error.message, {**error.meta, "row": row})


async def _chunks(rows: Any, size: int) -> AsyncGenerator[list[Numbered], None]:
    """Number rows and give them in lists, however they come."""
    if isinstance(rows, (Mapping, str, bytes)) or not isinstance(rows, (Iterable, AsyncIterable)):
        raise wrong_type("rows", "an iterable or async iterable of dicts", rows)
    if isinstance(rows, Iterable):
        numbered = enumerate(rows)
        while taken := list(islice(numbered, min(size, sys.maxsize))):
            yield taken
        return
    try:
        async with aclosing(_gathered(rows, size)) as gathered:
            async for part in gathered:
                yield part
    finally:
        if isinstance(rows, AsyncGenerator):
            # What it holds, a connection for one, is given back now: nobody goes on with it.
            await rows.aclose()


async def _gathered(rows: AsyncIterable[Any], size: int) -> AsyncGenerator[list[Numbered], None]:
    taken: list[Numbered] = []
    number = 0
    async for row in rows:
        taken.append((number, row))
        number += 1
        if len(taken) == size:
            yield taken
            taken = []
    if taken:
        yield taken
