"""`Prisma` as the engine makes it: the generated client, its models' methods, and what the engine adds."""

from __future__ import annotations

from collections.abc import Mapping

from ..datamodel import Datamodel

_METHODS = '''\
    def tx(
        self, *, max_wait: Union[_int, _datetime.timedelta] = ..., timeout: Union[_int, _datetime.timedelta] = ...,
        isolation_level: Optional[IsolationLevel] = None, read_only: _bool = False,
    ) -> _TransactionManager[Self]:  # type: ignore[override]
        """Return a context manager for a transaction; inside another one it is a savepoint."""
    async def run(
        self, work: Callable[[Self], Awaitable[_Result]], *, retries: _int = 3,
        max_wait: Union[_int, _datetime.timedelta] = ..., timeout: Union[_int, _datetime.timedelta] = ...,
        isolation_level: Optional[IsolationLevel] = None, read_only: _bool = False,
    ) -> _Result:
        """Run `work(tx)` in a transaction, and all of it again after a write conflict or a deadlock (P2034)."""
    def locking(self, strength: _LockStrength, *, skip_locked: _bool = False, nowait: _bool = False) -> Self:
        """Return a view of this transaction whose finds lock the rows they return until its end."""
    def after_commit(self, callback: _Callback) -> None:
        """Call `callback`, a function or an async one, after the COMMIT of the outermost transaction."""
    def batching(self) -> Self:
        """Return a view whose `find_unique` calls of one turn of the event loop are one statement."""
    async def explain(
        self, work: Callable[[Self], Awaitable[object]], *, analyze: _bool = False
    ) -> List[_QueryPlan]:
        """Return the plans of the statements that `work(client)` sends; nothing is written."""
    def on_query(self, listener: _QueryListener, *, slower_than: _float = 0.0) -> Callable[[], None]:
        """Call `listener` with a `QueryEvent` after statements; the returned function ends that."""
    def on_operation(self, listener: _OperationListener, *, failed: _bool = False) -> Callable[[], None]:
        """Call `listener` with an `OperationEvent` after calls; the returned function ends that."""
    def on_leak(self, listener: _LeakListener) -> Callable[[], None]:
        """Call `listener` with a `LeakEvent` for connections held for too long; the returned function ends that."""
    def statistics(self) -> _ClientStatistics:
        """Return what was counted since `connect`: calls by action and model, pool, plans."""
    def share_events(self, hub: _EventHub) -> None:
        """Tell the listeners of `hub`, and those only; to be called before `connect`."""
    @overload
    async def query_raw(
        self, query: LiteralString, *args: Any, exact: _bool = False, keeps_session: _bool = False
    ) -> List[dict[_str, Any]]:
        """Run SQL; with `exact` numeric is Decimal and instants are datetime."""
    @overload
    async def query_raw(
        self, query: LiteralString, *args: Any, model: Type[_BaseModelT], exact: _bool = False,
        keeps_session: _bool = False,
    ) -> List[_BaseModelT]: ...
    @overload
    async def query_first(
        self, query: LiteralString, *args: Any, exact: _bool = False, keeps_session: _bool = False
    ) -> dict[_str, Any]: ...
    @overload
    async def query_first(
        self, query: LiteralString, *args: Any, model: Type[_BaseModelT], exact: _bool = False,
        keeps_session: _bool = False,
    ) -> Optional[_BaseModelT]: ...
    async def execute_raw(self, query: LiteralString, *args: Any, keeps_session: _bool = False) -> _int:
        """Run SQL and return how many rows it changed."""

Client = Prisma
'''


def render_client(datamodel: Datamodel, instances: Mapping[str, str]) -> str:
    """Write the class `Prisma`."""
    attributes = (
        f"    {instances[name]}: {name}Actions[_models.{name}]  # type: ignore[assignment]"
        for name in datamodel.models
    )
    return "\n".join(("class Prisma(_client.Prisma):", *attributes, _METHODS))
