"""The methods of `client.<model>`: those of prisma-client-py with more to ask for, and the engine's own.

With `select` or `omit` rows are dictionaries, without them models. Each is an overload of its own, so that a call
has one candidate and a checker's message is about that.
"""

from __future__ import annotations

from ..datamodel import Model
from .names import literal

_INCLUDE = "include: Union[None, {M}Relations, _types.{M}Include] = None"
# The ways to ask for dictionaries, with what stands in the place of `include`.
_AS_ROWS = (
    ("include: None = None", "select: {M}Select"),
    ("include: Optional[_{M}RowRelations] = None", "omit: {M}Omit"),
)
_WHERE = "where: {M}Unique"
_FOUND = "where: Optional[_{M}Filters] = None, cursor: Optional[{M}Unique] = None"
_PAGE = "take: Optional[_int] = None, skip: Optional[_int] = None"
_ORDER = "order: Optional[_{M}Orders] = None, distinct: Optional[Sequence[_types.{M}ScalarFieldKeys]] = None"
_NEW = "_types.{M}CreateWithoutRelationsInput"
_COUNTED = f"{_PAGE}, {_FOUND}"
_AGGREGATED = (
    "where: Optional[_{M}Filters] = None, order: Optional[_{M}Orders] = None, "
    f"{_PAGE}, cursor: Optional[{{M}}Unique] = None"
)
_NUMBERS = (
    "sum: Optional[{M}Summed] = None, avg: Optional[{M}Summed] = None, "
    "min: Optional[{M}Compared] = None, max: Optional[{M}Compared] = None"
)

# A find: its name, what stands before `include` and after it, what it gives.
_FINDS = (
    ("find_unique", _WHERE, "", "Optional[{R}]"),
    ("find_unique_or_raise", _WHERE, "", "{R}"),
    ("find_first", f"skip: Optional[_int] = None, {_FOUND}", _ORDER, "Optional[{R}]"),
    ("find_first_or_raise", f"skip: Optional[_int] = None, {_FOUND}", _ORDER, "{R}"),
    ("find_many", f"{_PAGE}, {_FOUND}", _ORDER, "List[{R}]"),
)

_WRITES = f"""\
    async def delete(self, where: {{M}}Unique, {_INCLUDE}) -> Optional[_ModelT]: ...
    async def update(self, data: _types.{{M}}UpdateInput, where: {{M}}Unique, {_INCLUDE}) -> Optional[_ModelT]: ...
    async def upsert(self, where: {{M}}Unique, data: _types.{{M}}UpsertInput, {_INCLUDE}) -> _ModelT: ...
    async def create(self, data: _types.{{M}}CreateInput, {_INCLUDE}) -> _ModelT: ...
    async def create_many(self, data: Sequence[{_NEW}], *, skip_duplicates: Optional[_bool] = None) -> _int: ...
    async def update_many(self, data: _types.{{M}}UpdateManyMutationInput, where: _{{M}}Filters) -> _int: ...
    async def delete_many(self, where: Optional[_{{M}}Filters] = None) -> _int: ...
    async def create_many_and_return(
        self, data: Sequence[{_NEW}], *, skip_duplicates: Optional[_bool] = None
    ) -> List[_ModelT]:
        \"\"\"Create rows as `create_many` does, and return them in the order of `data`.\"\"\"
    async def update_many_and_return(
        self, data: _types.{{M}}UpdateManyMutationInput, where: _{{M}}Filters
    ) -> List[_ModelT]:
        \"\"\"Update rows as `update_many` does, and return them.\"\"\"
    async def upsert_many(
        self, data: Sequence[{_NEW}], *, key: Sequence[{{M}}KeyField],
        update: Optional[Sequence[_types.{{M}}ScalarFieldKeys]] = None,
    ) -> List[_ModelT]:
        \"\"\"Create rows, or update those of the same `key`: all given fields, or those that `update` lists.\"\"\"
    async def load_many(
        self, rows: Union[Iterable[{_NEW}], AsyncIterable[{_NEW}]], *, chunk: _int = 10_000
    ) -> _int:
        \"\"\"Load any number of rows by COPY, all or none, in constant memory; return how many.\"\"\"
"""

_OTHERS = f"""\
    def stream(
        self, *, where: Optional[_{{M}}Filters] = None, {_ORDER}, {_INCLUDE},
        cursor: Optional[{{M}}Unique] = None, {_PAGE}, batch: _int = 500
    ) -> AsyncGenerator[_ModelT, None]:
        \"\"\"Read any number of rows, `batch` at a time, in constant memory.\"\"\"
    @overload
    async def count(self, select: None = None, {_COUNTED}) -> _int: ...
    @overload
    async def count(
        self, select: _types.{{M}}CountAggregateInput, {_COUNTED}
    ) -> _types.{{M}}CountAggregateOutput: ...
    @overload
    async def aggregate(
        self, {_AGGREGATED}, *, count: Optional[_bool] = None, {_NUMBERS}
    ) -> {{M}}Aggregate:
        \"\"\"Count, sum and compare the rows that are found; Decimals stay exact.\"\"\"
    @overload
    async def aggregate(
        self, {_AGGREGATED}, *, count: _types.{{M}}CountAggregateInput, {_NUMBERS}
    ) -> {{M}}AggregateCounts: ...
    async def group_by(
        self, by: Sequence[_types.{{M}}ScalarFieldKeys], *, where: Optional[_{{M}}Filters] = None, {_PAGE},
        avg: Union[None, {{M}}Summed, _types.{{M}}AvgAggregateInput] = None,
        sum: Union[None, {{M}}Summed, _types.{{M}}SumAggregateInput] = None,
        min: Union[None, {{M}}Compared, _types.{{M}}MinAggregateInput] = None,
        max: Union[None, {{M}}Compared, _types.{{M}}MaxAggregateInput] = None,
        having: Optional[_types.{{M}}ScalarWhereWithAggregatesInput] = None,
        count: Union[None, _bool, _types.{{M}}CountAggregateInput] = None,
        order: Union[
            None, _{{M}}GroupOrder, Sequence[_{{M}}GroupOrder],
            Mapping[_types.{{M}}ScalarFieldKeys, _types.SortOrder],
            Sequence[Mapping[_types.{{M}}ScalarFieldKeys, _types.SortOrder]],
        ] = None,
    ) -> List[{{M}}GroupRow]: ...
"""


def render_actions(model: Model) -> str:
    """Write the class of a model's methods."""
    keys = dict.fromkeys(field.name for key in model.uniques for field in key.fields)
    parts = [
        f"{model.name}KeyField = {literal(keys)}\n",
        "class {M}Actions(_actions.{M}Actions[_ModelT], Generic[_ModelT]):\n",
        *(_find(*find) for find in _FINDS),
        _WRITES,
        _OTHERS,
    ]
    return "".join(parts).replace("{M}", model.name)


def _find(name: str, before: str, after: str, result: str) -> str:
    """Write the overloads of a find: with models, with what is selected, without what is omitted."""
    tail = f", {after}" if after else ""
    ways = [(f"{before}, {_INCLUDE}{tail}", "_ModelT")]
    ways += [(f"{before}, {include}{tail}, *, {keyword}", "{M}Row") for include, keyword in _AS_ROWS]
    return "".join(
        f"    @overload\n    async def {name}(self, {given}) -> {result.replace('{R}', row)}: ...\n"
        for given, row in ways
    )
