"""docs/schema.md and docs/schema/ show what the schema and a migrated database have."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest

from tools.areas import AREAS
from tools.schema_pages.model import Source
from tools.schema_pages.pages import DOCS, read_source, render
from tools.schema_pages.words import errors_of

from .shop_rows import Shop

LONGEST = 400
FIELD_COLUMNS = 5


async def rendered(url: str) -> dict[str, str]:
    return {str(page.relative_to(DOCS)): text for page, text in render(await read_source(url)).items()}


def rules_of(source: Source) -> set[str]:
    """Name every constraint that a check or a trigger raises; those named like foreign keys are soft delete's."""
    raised = {name for trigger in source.catalogue.triggers for name in errors_of(trigger)}
    return {check.name for check in source.catalogue.checks} | {
        name for name in raised if not name.endswith("_fkey")
    }


async def test_the_pages_are_those_of_this_schema_and_these_migrations(direct_url: str) -> None:
    made = await rendered(direct_url)
    committed = {name: (DOCS / name).read_text(encoding="utf-8") for name in made}
    assert committed == made, "run: python -m tools.schema_pages"


async def test_every_model_is_told_on_one_page(direct_url: str) -> None:
    told = [
        name
        for text in (await rendered(direct_url)).values()
        for name in re.findall("^## (.+)", text, re.MULTILINE)
    ]
    models = [model for area in AREAS for model in area.models]
    assert len(models) == 31
    assert sorted(name for name in told if name in models) == sorted(models)


async def test_every_field_model_enum_and_value_has_a_meaning(direct_url: str) -> None:
    pages = await rendered(direct_url)
    del pages["schema.md"]
    rows = [line for text in pages.values() for line in text.splitlines() if line.startswith(("| `", "| ["))]
    cells = {row: re.split(r"(?<!\\)\|", row)[1:-1] for row in rows}
    fields = [row for row in rows if len(cells[row]) == FIELD_COLUMNS]
    assert len(fields) > 300
    assert [row for row in rows if not cells[row][-1].strip()] == []


def test_a_page_can_be_read_at_one_sitting() -> None:
    pages = [DOCS / "schema.md", *(DOCS / "schema").glob("*.md")]
    lines = {page.name: len(page.read_text(encoding="utf-8").splitlines()) for page in pages}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


async def test_every_rule_is_in_the_short_table(direct_url: str) -> None:
    page = (DOCS / "schema.md").read_text(encoding="utf-8")
    section = page.partition("## Rules the database keeps")[2].partition("\n## ")[0]
    patterns = [name.replace("<Table>", "*") for name in re.findall(r"`([\w<>*]+)`", section)]
    rules = rules_of(await read_source(direct_url))
    assert [rule for rule in sorted(rules) if not any(fnmatchcase(rule, one) for one in patterns)] == []


async def test_foreign_keys_are_named_and_follow_an_update_as_the_page_says(shop: Shop) -> None:
    other = """
        SELECT conname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        JOIN pg_class ON pg_class.oid = conrelid
        WHERE contype = 'f' AND (confupdtype <> 'c' OR conname <> format('%s_%s_fkey', relname, attname))
    """
    assert await shop.connection.fetch(other) == []


async def test_every_table_has_the_triggers_that_the_pages_leave_out(direct_url: str) -> None:
    source = await read_source(direct_url)
    names = {trigger.name for trigger in source.catalogue.triggers}
    wanted = {
        f"{model}_createdAt_{rule}"
        for model in source.datamodel.models
        for rule in ("immutable", "not_in_future")
    }
    assert wanted - names == set()


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (
            'ALTER TABLE "Role" ADD CONSTRAINT "Role_name_short" CHECK (length("name") < 50)',
            "The check Role_name_short has no words: add them to lumi_db/translation.py.",
        ),
        (
            """
            CREATE FUNCTION "shout"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER "Role_shout" BEFORE INSERT ON "Role" FOR EACH ROW EXECUTE FUNCTION "shout"()
            """,
            "The trigger Role_shout has no words: add shout to tools/schema_pages/words.py.",
        ),
    ],
)
async def test_what_has_no_words_is_asked_for(shop: Shop, direct_url: str, change: str, asked: str) -> None:
    await shop.connection.execute(change)
    with pytest.raises(LookupError) as failed:
        await rendered(direct_url)
    assert failed.value.args[0] == asked


async def test_a_changed_rule_changes_its_page(shop: Shop, direct_url: str) -> None:
    before = await rendered(direct_url)
    await shop.connection.execute(
        'ALTER TABLE "Review" DROP CONSTRAINT "Review_rating_1_to_5";'
        'ALTER TABLE "Review" ADD CONSTRAINT "Review_rating_1_to_5" CHECK ("rating" BETWEEN 1 AND 6);'
        'DROP INDEX "Review_orderId_idx"'
    )
    after = await rendered(direct_url)
    assert {name for name in after if after[name] != before[name]} == {"schema/reviews.md"}
    assert "`rating >= 1 AND rating <= 6`" in after["schema/reviews.md"]
    assert "Review_orderId_idx" not in after["schema/reviews.md"]
