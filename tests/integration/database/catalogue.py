"""What a database holds, as lines of text that can be compared."""

from __future__ import annotations

import asyncpg

from .shop_rows import Row

_QUERIES = {
    "column": """
        SELECT format('%s.%s %s%s %s %s %s', relname, attname, format_type(atttypid, atttypmod),
                      CASE WHEN attnotnull THEN ' not null' ELSE '' END, attgenerated,
                      pg_get_expr(adbin, adrelid), collname)
        FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' AND relnamespace = 'public'::regnamespace
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        LEFT JOIN pg_collation ON pg_collation.oid = attcollation
        WHERE attnum > 0 AND NOT attisdropped
    """,
    "constraint": """
        SELECT format('%s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 't'
    """,
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "function": """
        SELECT pg_get_functiondef(oid) || coalesce(proacl::text, '') FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    """,
    "sequence": "SELECT sequencename || ' ' || data_type FROM pg_sequences WHERE schemaname = 'public'",
    "enum": """
        SELECT format('%s: %s', enumtypid::regtype, string_agg(enumlabel, ', ' ORDER BY enumsortorder))
        FROM pg_enum GROUP BY enumtypid
    """,
    "extension": "SELECT extname::text FROM pg_extension",
}


async def read_catalogue(connection: asyncpg.Connection[Row]) -> set[str]:
    """Return one line for every object of the schema `public`."""
    lines: set[str] = set()
    for kind, query in _QUERIES.items():
        lines |= {f"{kind} {row[0]}" for row in await connection.fetch(query)}
    return lines
