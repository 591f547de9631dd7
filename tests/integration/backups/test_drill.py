"""The drill: a shop is seeded, backed up, destroyed and restored, and is the same shop, open for business."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from lumi_db import Database, Settings
from lumi_db.config import child_environment, project_root
from lumi_db.maintenance import url_of
from lumi_db.workflows.checkout import place_order
from tests.integration.workflows.stage import Stage
from tests.tooling.test_command_line import lumi_db

from .support import ask, contents_of, drop, name_of

pytestmark = pytest.mark.long


def seed(url: str, *arguments: str) -> None:
    command = [sys.executable, "-m", "seed", *arguments]
    environment = child_environment({"DATABASE_URL": url})
    done = subprocess.run(command, cwd=project_root(), env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


async def test_a_shop_that_was_destroyed_is_restored_the_same(
    empty_database_url: str, tmp_path: Path
) -> None:
    url, environment = empty_database_url, {"DATABASE_URL": empty_database_url}
    assert lumi_db("demo", environment={**environment}).returncode == 0
    before = await contents_of(url)
    taken = lumi_db("backup", str(tmp_path / "shop.dump"), "--json", environment={**environment})
    assert taken.returncode == 0, taken.stderr
    assert json.loads(taken.stdout)["verified"] is True

    await drop(url_of(url, "postgres"), name_of(url))
    restored = lumi_db("restore", str(tmp_path / "shop.dump"), environment={**environment})
    assert restored.returncode == 0, restored.stderr

    after = await contents_of(url)
    assert (after.tables, after.sequences, after.catalogue) == (
        before.tables,
        before.sequences,
        before.catalogue,
    )
    seed(url, "validate")
    seed(url, "--status")

    async with Database(Settings(database_url=SecretStr(url))) as db:
        stage = Stage(db.client)
        user, variant = await stage.user(), await stage.variant()
        address = await stage.address(user)
        cart = await stage.cart((variant, 2), user=user)
        wanted = {"cartId": cart.id, "idempotencyKey": "after-the-restore", "shippingAddressId": address.id}
        order = await place_order(db.shop, wanted)
    assert await ask(url, f"SELECT count(*) FROM \"Order\" WHERE reference = '{order.reference}'") == 1
    assert await stock_of(url, variant.id) == 8


async def stock_of(url: str, variant: str) -> object:
    return await ask(
        url, f'SELECT "quantityAvailable" FROM "Inventory" WHERE "productVariantId" = \'{variant}\''
    )
