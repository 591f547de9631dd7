"""A Node front end uses the same schema: the generated JavaScript client reads what the Python client wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from lumi_db import Database
from lumi_db.config import child_environment, project_root

READ = """
import { PrismaClient } from '@prisma/client'
import { PrismaPg } from '@prisma/adapter-pg'
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })
const include = { permissions: { include: { permission: true } } }
const role = await prisma.role.findUnique({ where: { name: 'editor' }, include })
await prisma.role.update({ where: { name: 'editor' }, data: { description: 'seen from Node' } })
console.log(JSON.stringify(role.permissions.map((one) => one.permission.key)))
await prisma.$disconnect()
"""


async def test_node_and_python_share_one_schema(database: Database, database_url: str) -> None:
    await database.client.rolepermission.create(
        {"role": {"create": {"name": "editor"}}, "permission": {"create": {"key": "catalogue:edit"}}}
    )
    done = subprocess.run(
        [Path(sys.prefix) / "bin" / "node", "--input-type=module", "--eval", READ],
        cwd=project_root(),
        env=child_environment({"DATABASE_URL": database_url}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["catalogue:edit"]
    role = await database.client.role.find_unique_or_raise(where={"name": "editor"})
    assert role.description == "seen from Node"
