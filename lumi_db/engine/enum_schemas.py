"""The PostgreSQL schemas of enums, which the DMMF leaves out, read from the text of the Prisma schema.

Only words, strings and comments are told apart. Prisma has checked the text before a generator sees it.
"""

from __future__ import annotations

import json
import re

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|@@\w+|\w+|[{}(),]')


def enum_schemas(schema: str) -> dict[str, str]:
    """Return the `@@schema` of every enum that has one."""
    tokens = [token for token in _TOKEN.findall(schema) if not token.startswith("//")]
    found: dict[str, str] = {}
    enum, depth = None, 0
    for index, token in enumerate(tokens):
        match token:
            case "{":
                enum = tokens[index - 1] if depth == 0 and tokens[index - 2 : index - 1] == ["enum"] else enum
                depth += 1
            case "}":
                depth -= 1
                enum = enum if depth else None
            case "@@schema" if enum is not None:
                found[enum] = _argument(tokens[index + 1 : index + 4])
    return found


def _argument(tokens: list[str]) -> str:
    """Read the string of `("…")` or `(map: "…")`."""
    text: str = json.loads(next(token for token in tokens if token.startswith('"')))
    return text
