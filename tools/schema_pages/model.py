"""The section of one model: what it is, its fields, relations, keys and indexes, checks and triggers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.plans.index_table import Index, names_of
from benchmarks.plans.reads import READS
from lumi_db.config import project_root
from lumi_db.engine.datamodel import Datamodel, Default, Field, Model, Relation
from lumi_db.redaction import SECRET_FIELDS
from tools.areas import area_of
from tools.markdown import table

from .catalogue import Catalogue, Check, ForeignKey, Trigger
from .comments import Comments
from .links import link
from .words import (
    AT_MOST_ONE,
    AUDIT,
    ON_ALL,
    check_words,
    is_whole_audit,
    trigger_events,
    trigger_words,
)

MIGRATIONS = project_root() / "prisma" / "migrations"
_TRAIL = "[audit trail](../schema.md#audit-trail)"
_EVERYWHERE = {
    "id": "The key.",
    "createdAt": "When the row was made; never changes.",
    "updatedAt": "When a client last wrote the row.",
}


@dataclass(frozen=True, slots=True)
class Source:
    """All that the pages are made from."""

    datamodel: Datamodel
    comments: Comments
    catalogue: Catalogue

    def key_of(self, relation: Relation) -> ForeignKey:
        """Return the foreign key of a relation, from whichever side it is seen."""
        model, fields = relation.model, relation.local
        if not relation.owns_key:
            model, fields = relation.target, relation.remote
        return self.catalogue.keys[model, tuple(field.name for field in fields)]


def section(source: Source, model: Model) -> str:
    """Return the section of a model, in Markdown."""
    parts = [
        f"## {model.name}",
        source.comments.models[model.name],
        _kept(source, model),
        table(("field", "type", "null", "default", "meaning"), _fields(source, model)),
        table(("relation", "to", "what a real delete does"), _relations(source, model)),
        table(("key or index", "of", "serves"), _indexes(source, model)),
        table(("check", "rule", "in SQL"), _checks(source, model)),
        table(("trigger", "when", "what it does"), _triggers(source, model)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _kept(source: Source, model: Model) -> str:
    """Say in one line what policies and triggers do with every row."""
    said = []
    if "deletedAt" in model.fields:
        said.append("[soft delete](../schema.md#soft-delete)")
    if "version" in model.fields:
        said.append("[optimistic lock](../policies.md#optimistic-lock)")
    audits = [trigger for trigger in _triggers_of(source, model) if trigger.function == AUDIT]
    if audits:
        whole = [trigger for trigger in audits if is_whole_audit(trigger)]
        said.append(_audited(whole[0]) if whole else f"{_TRAIL} in part")
    return f"With {', '.join(said)}." if said else ""


def _audited(trigger: Trigger) -> str:
    _, ignored, secrets = trigger.arguments
    alone = f" (but for changes of {_names(ignored.split(','))} alone)" if ignored else ""
    hidden = f", which shows {_names(secrets.split(','))} as `***`" if secrets else ""
    return f"{_TRAIL}{alone}{hidden}"


def _fields(source: Source, model: Model) -> Iterator[tuple[str, ...]]:
    columns = source.catalogue.columns[model.table]
    for name in (*model.fields, *(column for column in columns if column not in model.fields)):
        field = model.fields.get(name)
        kind = _type(field) if field else f"`{columns[name]}`"
        null = "" if field and field.is_required else "yes"
        default = _default(field) if field else "generated"
        yield f"`{name}`", kind, null, default, _meaning(source, model, name)


def _type(field: Field) -> str:
    if field.is_enum:
        return f"[{field.type}](#{field.type.lower()})"
    return f"`{field.type}{'[]' if field.is_list else ''}`"


def _default(field: Field) -> str:
    if field.is_updated_at:
        return "each write"
    match field.default:
        case None:
            return ""
        case Default(None, value):
            return f"`{str(value).lower() if isinstance(value, bool) else value}`"
        case Default("dbgenerated", value):
            return f"`{value[0]}`"
        case Default(function, _):
            return f"`{function}()`"


def _meaning(source: Source, model: Model, name: str) -> str:
    """Return what is said of a field, behind the model that it points at."""
    field, comment = model.fields.get(name), source.comments.fields.get((model.name, name), "")
    target = next(
        (one.target for one in model.relations.values() if one.owns_key and field in one.local), None
    )
    said = [f"→ {link(target, seen_from=area_of(model.name))}." if target else ""]
    said.append(comment or _EVERYWHERE.get(name, ""))
    if field and field.is_enum and not comment:
        said.append(source.comments.enums[field.type])
    if name in SECRET_FIELDS.get(model.name, ()):
        said.append("Shown as `***`.")
    return " ".join(part for part in said if part)


def _relations(source: Source, model: Model) -> Iterator[tuple[str, ...]]:
    for one in model.relations.values():
        here = link(one.target, seen_from=area_of(model.name))
        if one.owns_key:
            by = ", ".join(f"`{field.name}`" for field in one.local)
            to = f"{'one' if one.is_required else 'one or no'} {here}, by {by}"
        else:
            to = f"{'any number of' if one.is_list else 'one or no'} {here}, whose `{one.opposite}` this is"
        yield f"`{one.name}`", to, _deleting(source, one)


def _deleting(source: Source, one: Relation) -> str:
    """Say what a real delete of the row that is pointed at does with the one that points."""
    key = source.key_of(one)
    names = _names(key.columns)
    match key.on_delete, one.owns_key:
        case "Cascade", True:
            return f"a deleted {one.target} takes this row along"
        case "SetNull", True:
            return f"a deleted {one.target} leaves {names} null"
        case "Restrict", True:
            return f"the {one.target} cannot be deleted while this row is there"
        case "Cascade", False:
            return "deleted with this row" if not one.is_list else "they are deleted with this row"
        case "SetNull", False:
            return f"{'they stay' if one.is_list else 'it stays'}, with {names} null"
        case "Restrict", False:
            return "this row cannot be deleted while there are any"
        case action, _:
            raise LookupError(
                f"{key.name} is ON DELETE {action}: say in tools/schema_pages/model.py what it does."
            )


def _indexes(source: Source, model: Model) -> Iterator[tuple[str, ...]]:
    for index in source.catalogue.indexes:
        if index.table == model.table:
            yield f"`{index.name}`", f"`{index.columns}`", ", ".join(_purposes(index))


def _purposes(index: Index) -> Iterator[str]:
    if index.is_primary:
        yield "the key"
    elif index.is_unique:
        said = AT_MOST_ONE.get(index.name)
        yield f"at most {said}" if said else "unique"
    yield from _reads(index)
    if index.owners:
        yield f"deleting a row of {' or '.join(index.owners)}"


def _reads(index: Index) -> Iterator[str]:
    """Give the methods that read by an index, each with what is special about the calls."""
    cases: dict[str, list[str]] = {}
    for read in READS:
        if index.name in names_of(read):
            _, _, case = read.name.partition(", ")
            cases.setdefault(read.method, []).extend([case] if case else [])
    for method, its in cases.items():
        yield f"`{method}` ({'; '.join(its)})" if its else f"`{method}`"


def _checks(source: Source, model: Model) -> Iterator[tuple[str, ...]]:
    for check in source.catalogue.checks:
        if check.table == model.table:
            yield f"`{check.name}`", check_words(check), _expression(check)


def _expression(check: Check) -> str:
    if "](" not in check.expression:
        return f"`{check.expression}`"
    # a pattern that has the look of a link is one to who reads Markdown by lines
    [*_, made] = sorted(
        path for path in MIGRATIONS.glob("*/migration.sql") if check.name in path.read_text(encoding="utf-8")
    )
    return f"[in its migration](../../{made.relative_to(MIGRATIONS.parent.parent).as_posix()})"


def _triggers(source: Source, model: Model) -> Iterator[tuple[str, ...]]:
    for trigger in _triggers_of(source, model):
        if trigger.function not in ON_ALL and not is_whole_audit(trigger):
            yield f"`{trigger.name}`", trigger_events(trigger), trigger_words(trigger)


def _triggers_of(source: Source, model: Model) -> Iterator[Trigger]:
    return (trigger for trigger in source.catalogue.triggers if trigger.table == model.table)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
