"""Write `lumi_db/dto/rows`, an answer for the columns of each model, from the datamodel: `python -m tools.rows`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic.alias_generators import to_camel, to_snake

from lumi_db.client import load_datamodel
from lumi_db.dto.visibility import hidden_fields
from lumi_db.engine.datamodel import Field, Model

FOLDER = Path(__file__).resolve().parent.parent / "lumi_db" / "dto" / "rows"
FILES: Mapping[str, tuple[str, ...]] = {
    "accounts": (
        "User", "UserSession", "Role", "Permission", "RolePermission", "UserRole", "UserPermission", "Address",
    ),
    "audit": ("AuditLog", "SecurityEvent"),
    "carts": ("Cart", "CartItem"),
    "catalogue": (
        "Product", "ProductVariant", "Category", "ProductCategory", "Collection", "ProductCollection", "Inventory",
    ),
    "coupons": ("Coupon", "CouponUsage"),
    "media": ("Media", "ProductMedia", "VariantMedia", "ReviewMedia"),
    "orders": ("Order", "OrderItem"),
    "payments": ("Payment", "PaymentRefund", "SavedCard"),
    "reviews": ("Review",),
}  # fmt: skip
TYPES = {
    "String": "str",
    "Int": "WireInteger",
    "Boolean": "Truth",
    "Decimal": "WireAmount",
    "DateTime": "WireInstant",
    "Json": "JsonValue",
}
HEAD = '''"""Answers for the columns of the {area} models. Written by `python -m tools.rows`, from the schema."""

from __future__ import annotations

from typing import ClassVar
'''


def render(file: str) -> str:
    """Return the text of one file."""
    models = [load_datamodel().models[name] for name in FILES[file]]
    types = {field.type for model in models for field in _visible(model)}
    kinds = sorted({"Row", *(TYPES[type_] for type_ in types & TYPES.keys())} - {"str"})
    enums = "" if types <= TYPES.keys() else "from lumi_db.dto import enums\n"
    head = f"{HEAD.format(area=file)}\n{enums}from lumi_db.dto.row import {', '.join(kinds)}\n"
    return head + "".join(_class(model) for model in models)


def _class(model: Model) -> str:
    lines = [f'\n\nclass {model.name}Row(Row):\n    """The columns of {model.name}."""\n']
    lines.append(f'    of_model: ClassVar[str] = "{model.name}"\n')
    lines += [_line(field) for field in _visible(model)]
    return "\n".join(lines) + "\n"


def _visible(model: Model) -> list[Field]:
    hidden = hidden_fields(model.name)
    return [field for name, field in model.fields.items() if name not in hidden]


def _line(field: Field) -> str:
    name = to_snake(field.name)
    if to_camel(name) != field.name:
        raise SystemExit(f"{field.name} is not camelCase: {name} would be {to_camel(name)} on the wire.")
    kind = TYPES.get(field.type, f"enums.{field.type}")
    kind = f"list[{kind}]" if field.is_list else kind
    return f"    {name}: {kind}" + ("" if field.is_required or field.is_list else " | None")


def main(arguments: list[str]) -> int:
    """Write the files; with --check say which are not current, and end with 1."""
    stale = [name for name in FILES if _read(name) != render(name)]
    if "--check" in arguments:
        for name in stale:
            print(f"lumi_db/dto/rows/{name}.py is not what the schema says: run python -m tools.rows.")
        return 1 if stale else 0
    for name in stale:
        (FOLDER / f"{name}.py").write_text(render(name), encoding="utf-8")
    return 0


def _read(name: str) -> str:
    path = FOLDER / f"{name}.py"
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
