"""Write docs/schema.md and docs/schema/, from the schema and a migrated database: `python -m tools.schema_pages`."""
