"""Lists of links: the pictures of a product, its categories, the products of a collection.

A list is read and written whole while its owner is locked: of two who change it at once the second sees what the
first made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, assert_never

from lumi_db.dto.catalogue import MOST_LINKS
from lumi_db.engine import locking
from lumi_db.errors import RelatedRecordError, ValidationError
from lumi_db.translation import in_shop_words, not_found

from .arguments import read_ids
from .base import ModelT, Repository

if TYPE_CHECKING:
    from lumi_db.client import Prisma

Verb = Literal["set", "add", "remove", "reorder"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """A junction table seen from the owner of the list; `place` is the field of its order, where it has one."""

    junction: str
    owner: str
    owner_key: str
    target: str
    target_key: str
    argument: str
    place: str | None = None
    has_primary: bool = False
    most: int = MOST_LINKS


@dataclass(frozen=True, slots=True)
class Link:
    """A row of the junction; `is_live` where what it leads to is not soft-deleted."""

    id: str
    place: int
    is_primary: bool
    is_live: bool = True


async def change_links(
    client: Prisma, links: Links, owner_id: str, verb: Verb, ids: Sequence[str]
) -> tuple[list[str], bool]:
    """Change a list, in the caller's transaction; return the ids in it, in order, and whether new ones came in.

    Two to six statements, however long the list: lock, read, look for what is new, and what has changed of it.
    """
    wanted = _check_length(links, read_ids(ids, links.argument))
    with in_shop_words(links.owner):
        locked: Any = locking(client, "no key update")
        if await getattr(locked, links.owner.lower()).find_unique({"id": owner_id}) is None:
            raise not_found(links.owner)
    with in_shop_words(links.junction):
        there = await _read(client, links, owner_id)
        listed = _arrange(links, verb, [link.id for link in there if link.is_live], wanted)
        new = [id_ for id_ in listed if id_ not in {link.id for link in there if link.is_live}]
        await _check_targets(client, links, new)
        # What leads to a deleted row stays behind the others, for its return; a list that is set has nothing else.
        hidden = [] if verb == "set" else [link.id for link in there if not link.is_live]
        await _write(client, links, owner_id, there, _number(links, verb, there, listed, hidden))
    return listed, bool(new)


def _check_length(links: Links, ids: list[str]) -> list[str]:
    if len(ids) > links.most:
        raise _refusal(
            links, f"A list must not be longer than {links.most:,}: take some of {links.argument} out."
        )
    return ids


def _arrange(links: Links, verb: Verb, live: list[str], ids: list[str]) -> list[str]:
    known, given = set(live), set(ids)
    match verb:
        case "set":
            return ids
        case "add":
            return _check_length(links, [*live, *(id_ for id_ in ids if id_ not in known)])
        case "remove":
            return [id_ for id_ in live if id_ not in given]
        case "reorder":
            if known != given:
                raise _refusal(links, f"{links.argument} must be the ids of the whole list, each once.")
            return ids
    assert_never(verb)


def _number(
    links: Links, verb: Verb, there: Sequence[Link], listed: Sequence[str], hidden: Sequence[str]
) -> list[Link]:
    """Return the rows that shall be there: the first is the primary one, unless adding or removing left another."""
    left = next((link.id for link in there if link.is_primary and link.id in listed), None)
    first = listed[0] if listed else None
    primary = left if left is not None and verb in ("add", "remove") else first
    return [
        Link(id_, place, links.has_primary and id_ == primary) for place, id_ in enumerate((*listed, *hidden))
    ]


async def _read(client: Any, links: Links, owner_id: str) -> list[Link]:
    place = f'link."{links.place}"' if links.place else "0"
    is_primary = 'link."isPrimary"' if links.has_primary else "false"
    rows = await client.query_raw(
        f"""
        SELECT target."id", {place} AS place, {is_primary} AS "isPrimary", target."deletedAt" IS NULL AS "isLive"
        FROM "{links.junction}" link JOIN "{links.target}" target ON target."id" = link."{links.target_key}"
        WHERE link."{links.owner_key}" = $1
        ORDER BY place, "isPrimary" DESC, link."createdAt", target."id"
        """,
        owner_id,
        keeps_session=True,
    )
    return [Link(row["id"], row["place"], row["isPrimary"], row["isLive"]) for row in rows]


async def _check_targets(client: Any, links: Links, ids: Sequence[str]) -> None:
    """Raise RelatedRecordError unless all of these are there; a foreign key would take soft-deleted ones."""
    if ids and await getattr(client, links.target.lower()).count(where={"id": {"in": list(ids)}}) < len(ids):
        message = f"{links.argument} points at a row that does not exist: give the ids of those that do."
        raise RelatedRecordError(message, entity=links.junction, fields=(links.argument,), code="P2003")


async def _write(
    client: Any, links: Links, owner_id: str, there: Sequence[Link], wanted: Sequence[Link]
) -> None:
    known, kept = {link.id: link for link in there}, {link.id: link for link in wanted}
    table = f'"{links.junction}"'
    its = f'"{links.owner_key}" = $1 AND "{links.target_key}" = ANY ($2::text[])'
    if gone := [id_ for id_ in known if id_ not in kept]:
        await client.execute_raw(f"DELETE FROM {table} WHERE {its}", owner_id, gone, keeps_session=True)
    # Before another becomes primary: the index allows one at every moment.
    if demoted := [
        one.id for one in there if one.is_primary and one.id in kept and not kept[one.id].is_primary
    ]:
        sql = f'UPDATE {table} SET "isPrimary" = false, "updatedAt" = now() WHERE {its}'
        await client.execute_raw(sql, owner_id, demoted, keeps_session=True)
    if changed := [one for one in wanted if _differs(links, one, known.get(one.id))]:
        ids, places = [one.id for one in changed], [one.place for one in changed]
        primary = [one.is_primary for one in changed]
        await client.execute_raw(_upsert(links), owner_id, ids, places, primary, keeps_session=True)


def _differs(links: Links, wanted: Link, known: Link | None) -> bool:
    if known is None:
        return True
    return wanted.is_primary != known.is_primary or (links.place is not None and wanted.place != known.place)


def _upsert(links: Links) -> str:
    fields = {"place": links.place, "is_primary": "isPrimary" if links.has_primary else None}
    written = {source: field for source, field in fields.items() if field is not None}
    columns = "".join(f'"{field}", ' for field in written.values())
    values = "".join(f"wanted.{source}, " for source in written)
    changes = "".join(f'"{field}" = EXCLUDED."{field}", ' for field in written.values())
    return f"""
        INSERT INTO "{links.junction}" ("{links.owner_key}", "{links.target_key}", {columns}"updatedAt")
        SELECT $1, wanted.id, {values}now()
        FROM unnest($2::text[], $3::int[], $4::bool[]) AS wanted (id, place, is_primary)
        ON CONFLICT ("{links.owner_key}", "{links.target_key}") DO UPDATE SET {changes}"updatedAt" = now()
    """


def _refusal(links: Links, message: str) -> ValidationError:
    return ValidationError(message, entity=links.junction, fields=(links.argument,))


class WithMedia(Repository[ModelT]):
    """Rows that show pictures, in an order; of a product and a variant the first picture is the primary one."""

    media_links: Links

    async def set_media(self, id: str, media_ids: Sequence[str]) -> list[str]:  # noqa: A002 - the schema's name
        """Make these the row's pictures, in this order, and return them.

        Raises NotFoundError, RelatedRecordError for a picture that is not there, ValidationError.
        """
        return await self._change_media(id, "set", media_ids)

    async def add_media(self, id: str, media_ids: Sequence[str]) -> list[str]:  # noqa: A002
        """Put pictures behind those that are there, and return all; one that is there stays. Raises as `set_media`."""
        return await self._change_media(id, "add", media_ids)

    async def reorder_media(self, id: str, media_ids: Sequence[str]) -> list[str]:  # noqa: A002
        """Put all pictures into this order. Raises as `set_media`; ValidationError unless they are exactly those."""
        return await self._change_media(id, "reorder", media_ids)

    async def remove_media(self, id: str, media_ids: Sequence[str]) -> list[str]:  # noqa: A002
        """Take pictures off the row and return those that are left; the files stay. Raises NotFoundError."""
        return await self._change_media(id, "remove", media_ids)

    async def _change_media(self, id_: str, verb: Verb, media_ids: Sequence[str]) -> list[str]:
        async with self._transaction() as tx:
            return (await change_links(tx, self.media_links, id_, verb, media_ids))[0]
