"""What must hold of all tables: the database still keeps its rules, and did so all the time."""

from __future__ import annotations

from seed.checks.check import Check

# Names come from quote_ident and schema.prisma, never from a person.
_FOREIGN_KEYS = """
SELECT c.conname AS name, quote_ident(t.relname) AS "table", quote_ident(a.attname) AS "column",
    quote_ident(p.relname) AS "parent", quote_ident(b.attname) AS "key"
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class p ON p.oid = c.confrelid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = c.confkey[1]
WHERE c.contype = 'f' AND t.relnamespace = current_schema()::regnamespace ORDER BY c.conname"""

KEYS = _FOREIGN_KEYS

SWITCHED_OFF = (
    Check(
        "trigger-off",
        "rules of the database that are switched off",
        """SELECT tgname::text AS "id" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND tgenabled = 'D' """,
    ),
    Check(
        "constraint-not-valid",
        "constraints that were never checked on the rows of before",
        """SELECT conname::text AS "id" FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace AND NOT convalidated""",
    ),
    Check(
        "index-not-valid",
        "indexes that are not valid",
        """SELECT c.relname::text AS "id" FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisvalid""",
    ),
)


def check_of_key(name: str, table: str, column: str, parent: str, key: str) -> Check:
    """Make the check of a foreign key; the names are quoted."""
    return Check(
        f"key-{name}",
        f"rows of {table} whose {column} points at no row of {parent}",
        f'SELECT t.{column}::text AS "id" FROM {table} t WHERE t.{column} IS NOT NULL '
        f"AND NOT EXISTS (SELECT FROM {parent} p WHERE p.{key} = t.{column})",
    )


def checks_of_time(table: str) -> tuple[Check, Check]:
    """Make the checks of a table's timestamps."""
    return (
        Check(
            f"time-future-{table}",
            f"rows of {table} that were created in the future",
            f'SELECT "createdAt"::text AS "id" FROM "{table}" WHERE "createdAt" > now() + interval \'1 minute\'',
        ),
        Check(
            f"time-order-{table}",
            f"rows of {table} that were changed before they were created",
            f'SELECT "updatedAt"::text AS "id" FROM "{table}" WHERE "updatedAt" < "createdAt" - interval \'1 minute\'',
        ),
    )
