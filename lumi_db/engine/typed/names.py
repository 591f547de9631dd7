"""How types are named and written. Built-in names and modules have an underscore: fields may be called `int`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..datamodel import Field

# What prisma-client-py has for a value of a field; Json differs between what is given and what is read.
TYPES = {
    "String": "_str",
    "Int": "_int",
    "BigInt": "_int",
    "Float": "_float",
    "Boolean": "_bool",
    "Decimal": "_decimal.Decimal",
    "DateTime": "_datetime.datetime",
    "Bytes": "_fields.Base64",
    "Json": "_fields.Json",
}
_TYPED_DICT = re.compile(
    r"^class ([A-Z]\w*)\(.*total=False\):|^([A-Z]\w*) = (?:Union|Literal)\[", re.MULTILINE
)


def given_type(field: Field) -> str:
    """Return the type of one value as a caller writes it."""
    return f"Union[_enums.{field.type}, _{field.type}Name]" if field.is_enum else TYPES[field.type]


def read_type(field: Field) -> str:
    """Return the type of a field in a row that is a dictionary."""
    one = f"_{field.type}Name" if field.is_enum else "Any" if field.type == "Json" else TYPES[field.type]
    return f"List[{one}]" if field.is_list else one if field.is_required else optional(one)


def optional(type_: str) -> str:
    return type_ if type_ == "Any" else f"Optional[{type_}]"


def read_only(type_: str) -> str:
    """Return the type of an item that is only read, so that narrower dictionaries fit, too (PEP 705)."""
    return f"ReadOnly[{type_}]"


def literal(names: Iterable[str]) -> str:
    """Return the type of one of some names; of none, it is a type without values."""
    listed = ", ".join(repr(name) for name in names)
    return f"Literal[{listed}]" if listed else "Never"


def typed_dict(name: str, items: Mapping[str, str], *, bases: str = "TypedDict", about: str = "") -> str:
    """Write a dictionary of which every key may be missing, unless its type says that it is required."""
    lines = [f"class {name}({bases}, total=False):"]
    lines += [f'    """{about}"""'] if about else []
    lines += [f"    {key}: {type_}" for key, type_ in items.items()]
    return "\n".join(lines if len(lines) > 1 else [*lines, "    ..."]) + "\n"


def public_names(text: str) -> list[str]:
    """List the dictionaries, unions and literals of a rendered text that are meant for annotations."""
    return [found[1] or found[2] for found in _TYPED_DICT.finditer(text)]
