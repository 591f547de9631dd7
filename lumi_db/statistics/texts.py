"""SQL as people may see it: on one line, without the texts that were written into it, and cut."""

from __future__ import annotations

import re

from lumi_db.redaction import MASK

LONGEST = 2_000
# The server cuts long statements, so a text may have no end.
_TEXT = re.compile(
    r"""
      "(?:[^"]|"")*(?:"|$)                               # an identifier is kept
    | \b[eE]'(?:[^'\\]|''|\\.)*(?:'|\\?$)                # E'it\'s'
    | '(?:[^']|'')*(?:'|$)                               # 'it''s'
    | (?<![\w$])\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?(?:\$(?P=tag)\$|$)   # $tag$it's$tag$
    | --[^\n]*                                           # a comment may hold anything
    | /\*.*?(?:\*/|$)
    """,
    re.VERBOSE | re.DOTALL,
)


def show_sql(sql: str, *, longest: int = LONGEST) -> str:
    """Return `sql` on one line of at most `longest` characters, with `***` for every text in it; comments go.

    Texts are values of people, passwords among them (ALTER ROLE … PASSWORD '…'); numbers and names stay.
    """
    line = " ".join(_TEXT.sub(_shown, sql).split())
    return line if len(line) <= longest else f"{line[: longest - 2]} …"


def _shown(found: re.Match[str]) -> str:
    text = found[0]
    if text.startswith('"'):
        return text
    return " " if text.startswith(("--", "/*")) else f"'{MASK}'"
