"""Random contents of a database: rows of every model, with nulls, ties, empty lists and relations of every kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from lumi_db.engine.datamodel import Datamodel, Field, Model, Relation
from lumi_db.engine.sql.writer import quote
from lumi_db.engine.values import array_literal

from .operations_dice import Dice
from .operations_values import Values, is_key

Row = dict[str, Any]

# New numbers of sequences begin here.
_FIRST_NUMBER = 101


@dataclass(frozen=True)
class Contents:
    """The rows of each model, and the pairs of each join table."""

    rows: Mapping[str, list[Row]]
    pairs: Mapping[str, list[tuple[Any, Any]]]


def draw_contents(dice: Dice, values: Values) -> Contents:
    """Make rows of all models; what they point at is there."""
    rows: dict[str, list[Row]] = {}
    for model in values.datamodel.models.values():
        _fill(dice, values, model, rows)
    return Contents(rows, dict(_pairs(dice, values.datamodel, rows)))


def _fill(dice: Dice, values: Values, model: Model, rows: dict[str, list[Row]]) -> None:
    if model.name in rows:
        return
    rows[model.name] = []
    for relation in model.relations.values():
        if relation.owns_key:
            _fill(dice, values, values.datamodel.models[relation.target], rows)
    for number in range(dice.number(3, 6)):
        row = _row(dice, values, model, number, rows)
        if row is not None and not _is_taken(model, row, rows[model.name]):
            rows[model.name].append(row)


def _row(dice: Dice, values: Values, model: Model, number: int, rows: Mapping[str, list[Row]]) -> Row | None:
    """Make one row, or None if it would have to point at a row that is not there."""
    row: Row = {}
    for relation in model.relations.values():
        if relation.owns_key and not _point(dice, relation, row, rows[relation.target]):
            return None
    for field in model.fields.values():
        if field.name not in row:
            row[field.name] = _value(dice, values, model, field, number)
    return row


def _point(dice: Dice, relation: Relation, row: Row, targets: list[Row]) -> bool:
    optional = any(not field.is_required for field in relation.local)
    if optional and (not targets or dice.chance(30)):
        row.update({field.name: None for field in relation.local if not field.is_required})
        return True
    if not targets:
        return False
    target = dice.pick(targets)
    for near, far in zip(relation.local, relation.remote, strict=True):
        row[near.name] = target[far.name]
    return True


def _value(dice: Dice, values: Values, model: Model, field: Field, number: int) -> Any:
    if field.is_list:
        return None if dice.chance(15) else [dice.pick(values.of(field)) for _ in range(dice.number(0, 3))]
    if is_key(model, field):
        choices = values.of_key(field)
        return choices[number % len(choices)]
    if not field.is_required and dice.chance(25):
        return None
    return dice.pick(values.of(field))


def _is_taken(model: Model, row: Row, others: list[Row]) -> bool:
    for key in model.uniques:
        wanted = [row[field.name] for field in key.fields]
        if None not in wanted and any(wanted == [other[f.name] for f in key.fields] for other in others):
            return True
    return False


def _pairs(
    dice: Dice, datamodel: Datamodel, rows: Mapping[str, list[Row]]
) -> Iterator[tuple[str, list[tuple[Any, Any]]]]:
    for relation in _joined(datamodel):
        all_pairs = [
            (near[relation.local[0].name], far[relation.remote[0].name])
            for near in rows[relation.model]
            for far in rows[relation.target]
        ]
        assert relation.join is not None
        yield relation.join.table, dice.some(all_pairs, 0, len(all_pairs) // 2)


def _joined(datamodel: Datamodel) -> Iterator[Relation]:
    """List many-to-many relations, each once, from the side of column A."""
    for model in datamodel.models.values():
        for relation in model.relations.values():
            if relation.join is not None and relation.join.local_column == "A":
                yield relation


def contents_sql(datamodel: Datamodel, contents: Contents) -> str:
    """Write the script that fills empty tables; new numbers of sequences are far from those that are given.

    A row that an index forbids of which Prisma does not know is left out.
    """
    lines = []
    joins = [(relation.join, datamodel.models[relation.model]) for relation in _joined(datamodel)]
    for join, model in joins:
        assert join is not None
        table = _table(model.schema, join.table)
        pairs = [{"A": near, "B": far} for near, far in contents.pairs[join.table]]
        lines.append(_insert(table, ["A", "B"], pairs))
    for model in datamodel.models.values():
        table = _table(model.schema, model.table)
        columns = [field.column for field in model.fields.values()]
        stored = [_stored(datamodel, model, row) for row in contents.rows[model.name]]
        lines.append(_insert(table, columns, stored))
        lines += [_restart(table, field) for field in model.fields.values() if _is_numbered(field)]
    return "\n".join(lines)


def _table(schema: str | None, table: str) -> str:
    return f"{quote(schema)}.{quote(table)}" if schema else quote(table)


def _insert(table: str, columns: list[str], rows: list[Any]) -> str:
    names = ", ".join(map(quote, columns))
    made = f"json_populate_recordset(NULL::{table}, {_literal(json.dumps(rows, ensure_ascii=False))})"
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM {made} ON CONFLICT DO NOTHING;"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _is_numbered(field: Field) -> bool:
    return field.default is not None and field.default.function == "autoincrement"


def _restart(table: str, field: Field) -> str:
    sequence = f"pg_get_serial_sequence({_literal(table)}, {_literal(field.column)})"
    return f"SELECT setval({sequence}, {_FIRST_NUMBER}, false);"


def _stored(datamodel: Datamodel, model: Model, row: Row) -> Row:
    return {field.column: _json(datamodel, field, row[field.name]) for field in model.fields.values()}


def _json(datamodel: Datamodel, field: Field, value: Any) -> Any:
    """Write a value as JSON from which PostgreSQL reads the column."""
    if value is None:
        return None
    if isinstance(value, list) and field.type == "Json":
        return array_literal([json.dumps(item.data) for item in value])
    if isinstance(value, list):
        return [_json(datamodel, field, item) for item in value]
    if field.is_enum:
        return datamodel.enums[field.type].values[value]
    if field.type == "Json":
        return value.data
    if field.type == "Bytes":
        return "\\x" + value.decode().hex()
    if isinstance(value, datetime):
        return (value.timetz() if field.native in ("Time", "Timetz") else value).isoformat()
    return str(value) if isinstance(value, Decimal) else value
