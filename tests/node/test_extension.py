"""The extension for Prisma Client JS keeps the policies of the Python client, and the database its rules without it.

One Node process plays every scenario on one database (extension.mjs); the tests look at what it saw, and at what Python
sees after it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.client import Prisma
from lumi_db.scope import with_deleted
from lumi_db.testing.databases import Databases

from .support import HERE, run_node

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Played:
    """What Node saw in each scenario, and Python's client on the database it left."""

    def __init__(self, scenarios: dict[str, Any], client: Prisma) -> None:
        self._scenarios = scenarios
        self.client: Any = client

    def __getitem__(self, scenario: str) -> Any:
        found = self._scenarios[scenario]
        assert "done" in found, found
        return found["done"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def played(databases: Databases) -> AsyncIterator[Played]:
    with databases.migrated() as url:
        scenarios = await run_node(HERE / "extension.mjs", DATABASE_URL=url)
        async with Database(Settings(database_url=SecretStr(url))) as database:
            yield Played(scenarios, database.client)


async def test_a_deleted_row_is_not_there(played: Played) -> None:
    found = played["hides"]
    assert (found["skus"], found["counted"]) == (["M"], 1)
    assert (found["found"], found["first"], found["count"], found["sum"], found["groups"]) == (
        None,
        None,
        0,
        0,
        [],
    )
    assert (found["slug"], found["version"], found["again"]["code"]) == (True, 1, "P2025")
    assert found["together"] == [None, {"title": "other"}, None]
    assert found["fluent"] == []
    assert found["asThere"]
    assert await played.client.product.find_first(where={"title": "dress"}) is None
    with with_deleted():
        dress = await played.client.product.find_first(where={"title": "dress"}, include={"variants": True})
    assert (dress.version, [one.deletedAt is not None for one in dress.variants]) == (1, [True, True])


async def test_a_new_row_takes_the_name_of_a_deleted_one(played: Played) -> None:
    assert played["reusesNames"] == {"status": "DELETED", "isNew": True, "firstName": None}
    assert await played.client.user.count(where={"email": "ada@example.com"}) == 1


async def test_an_optional_relation_to_a_deleted_row_is_null_and_what_it_owned_is_hidden(
    played: Played,
) -> None:
    assert played["readsDeletedOwnersAsNull"] == {"user": None, "isNull": 1, "isNotNull": 0, "address": None}


async def test_many_rows_are_deleted_and_the_first_instant_stays(played: Played) -> None:
    assert played["deletesMany"] == {"count": 2, "kept": 3, "first": True}
    assert await played.client.collection.count(where={"name": "many"}) == 0


async def test_nested_deletes_are_soft(played: Played) -> None:
    assert played["deletesNested"] == {"deleted": [True, True, False], "versions": [1, 1, 0]}


async def test_every_update_counts_and_a_stale_one_is_told(played: Played) -> None:
    found = played["countsVersions"]
    assert (found["stale"]["name"], found["missing"]["code"]) == ("StaleRecordError", "P2025")
    assert (found["won"], found["lost"]) == (1, 7)
    cart = await played.client.cart.find_first(where={"sessionId": "versions"})
    assert (cart.version, cart.currency) == (4, "EUR")
    assert await played.client.cart.update({"currency": "TRY"}, {"id": cart.id, "version": 3}) is None
    assert played["comparesVersionsOfDeletes"] == {"stale": "StaleRecordError", "version": 1}


async def test_what_is_not_the_callers_is_refused_in_the_words_of_python(played: Played) -> None:
    found = played["refusesWhatIsNotTheCallers"]
    assert {one["name"] for one in found} == {"PolicyError"}
    assert [one["message"] for one in found[:5]] == [
        "`data.version`: it is counted by the client; leave it out, or compare it in `where`.",
        "`data.updatedAt`: it is set by the client at every write; leave it out.",
        "`data.createdAt`: it never changes; leave it out.",
        "`data.variants.create.0.version`: a new row has 0 here; leave it out.",
        "`data.1.version`: a new row has 0 here; leave it out.",
    ]
    product = await played.client.product.find_unique({"slug": "refused"})
    assert product.version == 0


async def test_a_delete_stays_in_the_transaction_it_is_called_in(played: Played) -> None:
    assert played["staysInTransactions"] == {
        "broken": "hidden inside: true", "kept": True, "failed": "StaleRecordError", "keptAgain": True, "gone": 0,
    }  # fmt: skip


async def test_the_audit_log_says_who_acted_in_node(played: Played) -> None:
    found = played["tellsWhoActs"]
    entries = await played.client.auditlog.find_many(
        where={"entityId": found["id"]}, order={"createdAt": "asc"}
    )
    assert {one.action for one in entries} == {"CREATE", "SOFT_DELETE"}
    for entry in entries:
        assert (entry.actorId, entry.actorType) == ("admin-1", "ADMIN")
        assert (entry.ipAddress, entry.requestId, entry.userAgent) == ("192.0.2.1", "r-1", "b" + "x" * 999)
    alone = await played.client.collection.find_unique({"slug": "alone"})
    entry = await played.client.auditlog.find_first(where={"entityId": alone.id})
    assert (entry.actorId, entry.actorType) == (None, "SYSTEM")


async def test_acting_is_undone_by_an_error_and_refuses_who_is_unknown(played: Played) -> None:
    found = played["tellsWhoActs"]
    assert found["undone"] == "changed my mind"
    assert await played.client.collection.count(where={"slug": "undone"}) == 0
    for mistake in ("unknown", "nobody", "inside"):
        assert found[mistake]["name"] == "PolicyError", mistake


async def test_the_database_keeps_its_rules_without_the_extension(played: Played) -> None:
    found = played["databaseKeepsItsRulesWithoutTheExtension"]
    assert (found["stockBefore"], found["path"], found["actorType"]) == (3, "/parent/child", "SYSTEM")
    refused = ("log", "negative", "stock", "active", "parent", "restricted")
    codes = {name: found[name]["sql"] for name in refused}
    assert codes == dict.fromkeys(refused[:4], "23514") | dict.fromkeys(refused[4:], "23001")
    assert (found["slug"], found["sku"], found["version"]) == (True, True, 0)
    assert await played.client.productvariant.count(where={"title": "P"}) == 0
