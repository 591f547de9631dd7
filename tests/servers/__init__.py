"""Servers of a test's own: PostgreSQL with TLS or a standby, and PgBouncer before it."""
