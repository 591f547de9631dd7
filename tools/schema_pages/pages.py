"""The pages: docs/schema.md, and one of docs/schema/ an area; what stands outside the marks is written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from lumi_db.client import load_datamodel
from lumi_db.config import project_root
from tools.areas import AREAS, Area, check_areas
from tools.markdown import table
from tools.marks import fill

from .catalogue import read_catalogue
from .comments import read_comments
from .links import link
from .model import Source, section

DOCS = project_root() / "docs"


async def read_source(url: str) -> Source:
    """Read the generated client and the catalogue of the migrated database at `url`."""
    return Source(load_datamodel(), read_comments(), await read_catalogue(url))


def render(source: Source) -> dict[Path, str]:
    """Return every page as it should be. Raises LookupError where something of the schema has no area or no words."""
    check_areas(source.datamodel.models)
    overview = {
        "diagram": _picture("er-diagram.svg", "All 31 models and their relations", "er-diagram.svg"),
        "models": _areas(),
        "types": _types(source),
        "deleting": _deleting(source),
    }
    parts = {DOCS / "schema.md": overview} | {
        DOCS / "schema" / f"{area.name}.md": _parts(source, area) for area in AREAS
    }
    return {page: fill(page.read_text(encoding="utf-8"), _apart(its)) for page, its in parts.items()}


def _apart(parts: Mapping[str, str]) -> dict[str, str]:
    """Set what there is apart from its marks, since not every reader of Markdown ends a table at a comment."""
    return {name: f"\n{part.strip()}\n\n" if part else "" for name, part in parts.items()}


def _parts(source: Source, area: Area) -> Mapping[str, str]:
    sections = [section(source, source.datamodel.models[name]) for name in area.models]
    enums = list(_enums(source, area))
    return {
        "diagram": _picture(
            f"er/{area.name}.svg", f"{area.title}: models and their relations", f"../er/{area.name}.svg"
        ),
        "models": "\n".join([_contents(source, area), *sections, "## Enums\n", *enums]),
    }


def _picture(path: str, words: str, seen: str) -> str:
    """Return the line that shows a picture of docs/, where it has been drawn."""
    return f"[![{words}]({seen})]({seen})\n" if (DOCS / path).exists() else ""


def _contents(source: Source, area: Area) -> str:
    rows = ((link(name, seen_from=area), source.comments.models[name]) for name in area.models)
    return table(("model", "what it is"), rows) + "\n"


def _enums(source: Source, area: Area) -> Iterator[str]:
    """Give a section for each enum of the area, in the order in which its models use them."""
    used = dict.fromkeys(
        field.type
        for name in area.models
        for field in source.datamodel.models[name].fields.values()
        if field.is_enum
    )
    for name in used:
        rows = ((f"`{value}`", said) for value, said in source.comments.values[name].items())
        yield f"### {name}\n\n{source.comments.enums[name]}\n\n{table(('value', 'meaning'), rows)}\n"


def _areas() -> str:
    rows = (
        (
            f"[{area.title}](schema/{area.name}.md)",
            ", ".join(link(one, seen_from=None) for one in area.models),
        )
        for area in AREAS
    )
    return table(("area", "models"), rows)


def _types(source: Source) -> str:
    """Return which type of the schema is which in PostgreSQL; each has one there."""
    found: dict[str, set[str]] = {}
    for model in source.datamodel.models.values():
        for name, field in model.fields.items():
            if not field.is_enum:
                kind = f"{field.type}{'[]' if field.is_list else ''}"
                found.setdefault(kind, set()).add(source.catalogue.columns[model.table][name])
    return table(
        ("type", "PostgreSQL"),
        ((f"`{kind}`", f"`{', '.join(sorted(found[kind]))}`") for kind in sorted(found)),
    )


def _deleting(source: Source) -> str:
    """Return for each model that is pointed at what a real delete of a row does to the others."""
    rows = []
    for name in (name for area in AREAS for name in area.models):
        model = source.datamodel.models[name]
        pointing: dict[str, list[str]] = {"Cascade": [], "SetNull": [], "Restrict": []}
        for relation in model.relations.values():
            if not relation.owns_key:
                pointing[source.key_of(relation).on_delete].append(relation.target)
        if any(pointing.values()):
            cells = (", ".join(dict.fromkeys(names)) for names in pointing.values())
            rows.append((link(model.name, seen_from=None), *cells))
    return table(("deleted", "goes with it", "stays, with null", "is in the way"), rows)
