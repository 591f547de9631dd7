"""The generated client on the engine in this process: the only module that imports `lumi_db.generated`."""

from __future__ import annotations

import hashlib
import importlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from lumi_db.config import Settings
from lumi_db.engine import Datamodel, EngineError, EngineOptions, Policies, in_process
from lumi_db.errors import ClientNotGenerated, ClientOutdated
from lumi_db.light_import import import_light
from lumi_db.policies import POLICIES
from lumi_db.redaction import SECRET_FIELDS, hide_inputs, hide_secrets

if TYPE_CHECKING:
    from lumi_db.generated import errors
    from lumi_db.generated.typed import Prisma

__all__ = [
    "Prisma",
    "check_generated",
    "client_class",
    "errors",
    "load_datamodel",
    "load_generated",
    "model_names",
    "options_from",
    "table_names",
]

PACKAGE = "lumi_db.generated"
APPLICATION = "lumi_db"
FOLDER = Path(__file__).parent / "generated"
SCHEMA = Path(__file__).parent.parent / "schema.prisma"
REMEDY = "run `make setup`, or `prisma generate`"

# https://www.w3.org/TR/trace-context/#traceparent-header
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_SPACE_OR_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\s+')


@cache
def load_generated() -> ModuleType:
    """Import the generated package, once and without what is seldom needed; its models show no secrets.

    Raises `ClientNotGenerated`.
    """
    try:
        package = import_light(PACKAGE, prepare=hide_inputs)
        models = importlib.import_module(f"{PACKAGE}.models")
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith(PACKAGE):
            raise
        raise ClientNotGenerated(f"The database client is not generated: {REMEDY}.") from None
    hide_secrets(package.bases._PrismaModel, [getattr(models, name) for name in model_names()])
    return package


@cache
def table_names() -> frozenset[str]:
    """Return the names of the schema's tables."""
    datamodel = json.loads((FOLDER / "datamodel.json").read_text(encoding="utf-8"))["datamodel"]
    return frozenset(model["dbName"] or model["name"] for model in datamodel["models"])


@cache
def load_datamodel() -> Datamodel:
    """Return what the engine knows about the schema. Raises `ClientNotGenerated`."""
    try:
        return Datamodel.load(FOLDER / "datamodel.json")
    except EngineError:
        raise ClientNotGenerated(f"The database client cannot be read: {REMEDY}.") from None


def model_names() -> frozenset[str]:
    """Return the names of the schema's models."""
    names: set[str] = importlib.import_module(f"{PACKAGE}.metadata").PRISMA_MODELS
    return frozenset(names)


@cache
def client_class(options: EngineOptions, policies: Policies | None = POLICIES) -> type[Prisma]:
    """Return the generated client on an engine with `options`; the shop's policies, or others, see every operation.

    With `policies` None there are none: for benchmarks, and for rows that are written as they are.

    Raises `ClientNotGenerated`, and `ClientOutdated` if it was generated from another schema than this one.
    """
    check_generated()
    generated: type[Prisma] = load_generated().Prisma
    try:
        return in_process(
            generated, datamodel=FOLDER / "datamodel.json", options=options, policies=policies or Policies()
        )
    except EngineError:
        raise ClientNotGenerated(f"The database client cannot be read: {REMEDY}.") from None


@dataclass(frozen=True, slots=True)
class SqlTags:
    """What is written behind the SQL of a call; equal ones are equal, since clients are kept by their options."""

    application: str
    trace_id: Callable[[], str | None] | None

    def __call__(self, model: str | None, action: str) -> dict[str, str]:
        trace = None if self.trace_id is None else self.trace_id()
        name = "traceparent" if trace and _TRACEPARENT.fullmatch(trace) else "trace_id"
        tags = {"application": self.application, "action": action, "model": model, name: trace}
        return {name: value for name, value in tags.items() if value}


def _sql_tags(settings: Settings, trace_id: Callable[[], str | None] | None) -> SqlTags | None:
    if settings.sql_comments == "off":
        return None
    return SqlTags(APPLICATION, trace_id if settings.sql_comments == "traces" else None)


def options_from(
    settings: Settings,
    *,
    event_parameters: bool = False,
    trace_id: Callable[[], str | None] | None = None,
) -> EngineOptions:
    """Translate the settings into those of the engine; there, times are in seconds."""
    return EngineOptions(
        pool_min=settings.database_pool_min,
        pool_max=settings.database_pool_max,
        connect_timeout=settings.database_connect_timeout_ms / 1000,
        query_timeout=settings.query_timeout_ms / 1000 or None,
        leak_after=settings.database_leak_ms / 1000 or None,
        event_parameters=event_parameters,
        secret_fields=frozenset().union(*SECRET_FIELDS.values()),
        trace_id=trace_id,
        sql_tags=_sql_tags(settings, trace_id),
    )


def check_generated(*, folder: Path = FOLDER, schema: Path = SCHEMA) -> None:
    """Compare the generated client, its datamodel and the schema they must come from.

    Raises `ClientNotGenerated` if a generator did not write, `ClientOutdated` if the three differ.
    """
    try:
        source = (folder / "schema.prisma").read_text(encoding="utf-8")
        written = json.loads((folder / "datamodel.json").read_text(encoding="utf-8"))["schema_hash"]
        is_whole = (folder / "client.py").is_file()
    except (OSError, ValueError, KeyError, TypeError):
        is_whole = False
    if not is_whole:
        raise ClientNotGenerated(f"The database client is not generated, or only in part: {REMEDY}.")
    if written != hashlib.sha256(source.encode()).hexdigest():
        raise ClientOutdated(f"The database client and its datamodel come from different schemas: {REMEDY}.")
    # A wheel has no schema beside the package.
    if schema.is_file() and _tokens(schema.read_text(encoding="utf-8")) != _tokens(source):
        raise ClientOutdated(
            f"The database client was generated from another schema than {schema}: {REMEDY}."
        )


def _tokens(schema: str) -> list[str]:
    """Return the lines of a schema without their spaces: generators get it formatted, the project may not."""
    lines = (_SPACE_OR_STRING.sub(_keep_strings, line) for line in schema.splitlines())
    return [line for line in lines if line]


def _keep_strings(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else ""


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load the generated `Prisma` class and its `errors` when they are first asked for."""
        if name in ("Prisma", "errors"):
            return getattr(load_generated(), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
