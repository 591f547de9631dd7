"""What a database holds, as lines of text that can be compared."""

from __future__ import annotations

from lumi_db.engine.driver.direct import DirectConnection

# Owners and rights are left out, but for what anybody may run: they are the roles' and not the migrations' matter.
_QUERIES = {
    "table": """
        SELECT format('%s %s%s%s', relkind, relname, CASE WHEN relrowsecurity THEN ' secured' ELSE '' END,
                      CASE WHEN relkind IN ('v', 'm') THEN ': ' || pg_get_viewdef(oid) ELSE '' END)
        FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND {mine}
    """,
    "column": """
        SELECT format('%s.%s %s%s %s %s %s', relname, attname, format_type(atttypid, atttypmod),
                      CASE WHEN attnotnull THEN ' not null' ELSE '' END, attgenerated,
                      pg_get_expr(adbin, adrelid), collname)
        FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid AND relkind IN ('r', 'p') AND {mine}
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        LEFT JOIN pg_collation ON pg_collation.oid = attcollation
        WHERE attnum > 0 AND NOT attisdropped
    """,
    "constraint": """
        SELECT format('%s on %s: %s', conname, conrelid::regclass, pg_get_constraintdef(pg_constraint.oid))
        FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid AND {mine} WHERE contype <> 't'
    """,
    "index": """
        SELECT pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END
        FROM pg_index JOIN pg_class ON pg_class.oid = indrelid AND {mine}
    """,
    "trigger": """
        SELECT format('%s %s', tgenabled, pg_get_triggerdef(pg_trigger.oid))
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid AND {mine} WHERE NOT tgisinternal
    """,
    "policy": "SELECT format('%s', pg_policies) FROM pg_policies WHERE schemaname = 'public'",
    "function": """
        SELECT pg_get_functiondef(oid) ||
            CASE WHEN has_function_privilege('public', oid, 'EXECUTE') THEN '' ELSE ' not for everybody' END
        FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    """,
    "sequence": "SELECT sequencename || ' ' || data_type FROM pg_sequences WHERE schemaname = 'public'",
    "enum": """
        SELECT format('%s: %s', enumtypid::regtype, string_agg(enumlabel, ', ' ORDER BY enumsortorder))
        FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid AND typnamespace = 'public'::regnamespace
        GROUP BY enumtypid
    """,
    # this one is the administrator's, for `lumi-db stats statements`
    "extension": "SELECT extname::text FROM pg_extension WHERE extname <> 'pg_stat_statements'",
}
_MINE = """relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')"""


async def read_catalogue(connection: DirectConnection) -> frozenset[str]:
    """Return one line for every object of the schema `public`, but for Prisma's history of migrations and for
    what extensions brought.
    """
    lines: set[str] = set()
    for kind, query in _QUERIES.items():
        rows = await connection.fetch(query.replace("{mine}", _MINE))
        lines |= {f"{kind} {next(iter(row.values()))}" for row in rows}
    return frozenset(lines)
