"""`npm run types` writes TypeScript and Zod that a front end can use, and both sides read what the other wrote."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lumi_db.config import child_environment, project_root
from lumi_db.dto.examples import EXAMPLES
from lumi_db.dto.problem import ProblemResponse
from lumi_db.embedded.lock import hold
from lumi_db.errors import FieldProblem, ValidationError
from lumi_db.openapi.document import page_of
from lumi_db.openapi.resources import RESOURCES
from lumi_db.testing.factories import FACTORIES

ROOT = project_root()
DIST = ROOT / "node" / "types" / "dist"
ANSWERS = {resource.answer.__name__: resource.answer for resource in RESOURCES}

READ = """
import * as schemas from '%s'
let text = ''
for await (const part of process.stdin) text += part
const parsed = JSON.parse(text).map(({ name, value, good }) => {
  const schema = schemas[`z${name}`]
  if (schema === undefined) return { missing: name }
  const read = schema.safeParse(value)
  return read.success === good ? { value: read.data ?? null } : { name, issues: read.error?.issues ?? 'accepted' }
})
console.log(JSON.stringify(parsed))
"""
# A front end that uses a field that is not there, or the wrong type, must not compile.
USES = """
import type { OrderResponse, ProductCreate } from '@lumi/types'
import { zOrderResponse } from '@lumi/types'
export const total = (order: OrderResponse): string => order.totalAmount
export const read = (value: unknown): OrderResponse => zOrderResponse.parse(value) as OrderResponse
export const product: ProductCreate = { title: 'Dress', slug: 'dress', price: '49.90' }
// @ts-expect-error amounts are texts
export const wrong: ProductCreate = { title: 'Dress', slug: 'dress', price: 49.9 }
// @ts-expect-error secrets are in no answer
export const secret = (order: OrderResponse) => order.idempotencyKey
"""


def run(*command: str | Path, stdin: str | None = None, cwd: Path = ROOT) -> str:
    binaries = Path(sys.prefix) / "bin"
    environment = child_environment({"PATH": f"{binaries}:{child_environment()['PATH']}"})
    done = subprocess.run(
        command, cwd=cwd, env=environment, input=stdin, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def package() -> Path:
    """Give the compiled package, written by the first of the tests' processes that asks for it."""
    document = (ROOT / "docs" / "openapi.json").read_bytes() + (ROOT / "package-lock.json").read_bytes()
    made_of, stamp = hashlib.sha256(document).hexdigest(), DIST / ".made-of"
    with hold(ROOT / ".lumi" / "types.lock", seconds=120, doing="writing the types"):
        if not stamp.is_file() or stamp.read_text() != made_of:
            run("npm", "run", "--silent", "types")
            stamp.write_text(made_of)
    return DIST


def parse(package: Path, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        run("node", "--input-type=module", "--eval", READ % (package / "index.js"), stdin=json.dumps(cases))
    )
    return found


def test_every_answer_that_python_wrote_is_read_by_zod_and_comes_back_the_same(package: Path) -> None:
    rows = {name: answer.of(FACTORIES[answer.of_model].build()) for name, answer in ANSWERS.items()}
    pages: dict[str, Any] = {page_of(resource).__name__: page_of(resource) for resource in RESOURCES}
    wire = {name: row.to_wire() for name, row in rows.items()}
    error = ValidationError("x", entity="Product", problems=(FieldProblem("price", "x"),), code="P2002")
    wire["ProblemResponse"] = error.problem(instance="/products")
    for resource in RESOURCES:
        ends: dict[str, Any] = {"nextCursor": "abc", "previousCursor": None}
        numbers = {"number": 1, "size": 20, "total": 1, "pages": 1, "hasNext": False, "hasPrevious": False}
        items = {"items": [wire[resource.answer.__name__]]}
        wire[page_of(resource).__name__] = {**items, **(ends if resource.grows else numbers)}
    parsed = parse(package, [{"name": name, "value": value, "good": True} for name, value in wire.items()])
    for (name, value), answer in zip(wire.items(), parsed, strict=True):
        assert answer == {"value": value}, name
        model: Any = ANSWERS.get(name) or pages.get(name) or ProblemResponse
        assert model.model_validate_json(json.dumps(answer["value"])).to_wire() == value


def test_what_zod_takes_for_a_new_row_python_takes_too(package: Path) -> None:
    cases = [{"name": kind.__name__, "value": value, "good": True} for kind, value in EXAMPLES.items()]
    known = [case for case in cases if case["name"] not in ("UserImport", "VariantInput")]
    for case, answer in zip(known, parse(package, known), strict=True):
        kind = next(one for one in EXAMPLES if one.__name__ == case["name"])
        assert "value" in answer, answer
        kind.model_validate_json(json.dumps(answer["value"]))


def test_zod_refuses_what_python_refuses(package: Path) -> None:
    order = ANSWERS["OrderResponse"].of(FACTORIES["Order"].build()).to_wire()
    product = {"title": "Dress", "slug": "dress", "price": "49.90"}
    wrong = [
        ("OrderResponse", {**order, "totalAmount": 49.9}),
        ("OrderResponse", {**order, "status": "SOLD"}),
        ("OrderResponse", {**order, "placedAt": "2026-01-31T12:00:00"}),
        ("OrderResponse", {name: value for name, value in order.items() if name != "id"}),
        ("ProductCreate", {**product, "price": "49.999"}),
        ("ProductCreate", {**product, "title": "x" * 201}),
        ("ProductCreate", {**product, "currency": "Lira"}),
        ("ProductCreate", {**product, "slug": "Dress!"}),
        ("ProductFilter", {"status": "SOLD"}),
    ]
    cases = [{"name": name, "value": value, "good": False} for name, value in wrong]
    assert parse(package, cases) == [{"value": None}] * len(cases)


@pytest.mark.long
def test_a_front_end_compiles_against_it_in_strict_mode(package: Path, tmp_path: Path) -> None:
    (tmp_path / "node_modules" / "@lumi").mkdir(parents=True)
    (tmp_path / "node_modules" / "@lumi" / "types").symlink_to(package.parent)
    (tmp_path / "node_modules" / "zod").symlink_to(ROOT / "node_modules" / "zod")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "uses.ts").write_text(USES)
    options = "--strict --exactOptionalPropertyTypes --noEmit --module NodeNext --target ES2022"
    run(ROOT / "node_modules" / ".bin" / "tsc", *options.split(), "uses.ts", cwd=tmp_path)
