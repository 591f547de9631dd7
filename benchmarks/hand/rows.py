"""Columns and models: what every statement by hand selects, and what its rows become."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from pydantic_core import from_json

from lumi_db.client import load_datamodel, load_generated

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PAIRS = [first + second for first in _DIGITS for second in _DIGITS]
_BLOCK = 36**4


def validator(model: str) -> Any:
    """Return pydantic-core's own function that makes a generated model of a dictionary."""
    load_generated()
    from lumi_db.generated import models

    return getattr(models, model).__pydantic_validator__.validate_python


def columns(model: str, alias: str = "") -> str:
    """List the columns of a model, as a row of its table gives them."""
    place = f"{alias}." if alias else ""
    return ", ".join(f'{place}"{name}"' for name in load_datamodel().models[model].fields)


def json_columns(model: str, alias: str) -> str:
    """List the columns for a row in JSON: a number there would lose its digits, and Json is read from text."""
    fields = load_datamodel().models[model].fields.values()
    return ", ".join(
        f'{alias}."{one.name}"::text AS "{one.name}"'
        if one.type in ("Decimal", "Json")
        else f'{alias}."{one.name}"'
        for one in fields
    )


def with_relations(row: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return the values of a row whose relations are JSON text."""
    values = dict(row)
    for name in names:
        values[name] = from_json(values[name])
    return values


def gather(
    parents: Sequence[dict[str, Any]], name: str, children: Sequence[Mapping[str, Any]], key: str
) -> None:
    """Hang rows under those that they belong to."""
    by_id = {}
    for parent in parents:
        parent[name] = []
        by_id[parent["id"]] = parent[name]
    for child in children:
        by_id[child[key]].append(dict(child))


class Cuids:
    """Makes cuids of version 1 as fast as Python does: 25 characters that sort by time."""

    def __init__(self) -> None:
        self._counter = count(int.from_bytes(os.urandom(3)))
        self._fingerprint = _base36(os.getpid() % _BLOCK, 4)

    def __call__(self) -> str:
        return self.many(1)[0]

    def many(self, number: int) -> list[str]:
        """Return `number` ids of this instant: only counter and noise differ."""
        prefix, fingerprint, pairs = "c" + _base36(int(time.time() * 1000), 8), self._fingerprint, _PAIRS
        noise = iter(array("H", os.urandom(number * 8)))
        return [
            f"{prefix}{pairs[at // 1296 % 1296]}{pairs[at % 1296]}{fingerprint}"
            f"{pairs[a % 1296]}{pairs[b % 1296]}{pairs[c % 1296]}{pairs[d % 1296]}"
            for at, a, b, c, d in zip(self._counter, noise, noise, noise, noise, strict=False)
        ]


def _base36(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits
