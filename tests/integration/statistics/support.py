"""Tables as a shop has them, and their counts made known."""

from __future__ import annotations

from lumi_db.engine.driver.direct import DirectConnection

# What a session counts goes to all at most once a second, unless it is told to.
FLUSH = "SELECT pg_stat_force_next_flush()"


async def make_orders(connection: DirectConnection, *, rows: int = 20_000) -> None:
    """Make "Order", whose `shop` has 1 000 values, and "Shop"."""
    await connection.run_script(
        f"""
        CREATE TABLE "Shop" (id int PRIMARY KEY, name text NOT NULL);
        INSERT INTO "Shop" SELECT n, 'shop ' || n FROM generate_series(0, 999) AS n;
        CREATE TABLE "Order" (
            id int PRIMARY KEY, "shopId" int NOT NULL, status text NOT NULL, "createdAt" timestamptz NOT NULL,
            "deletedAt" timestamptz, email text NOT NULL, "isPaid" bool NOT NULL
        );
        INSERT INTO "Order"
        SELECT n, n % 1000, CASE WHEN n % 50 = 0 THEN 'NEW' ELSE 'PAID' END,
            timestamptz '2026-01-01' + n * interval '1 minute', NULL, 'Buyer' || n || '@example.com', n % 3 = 0
        FROM generate_series(1, {rows}) AS n;
        ANALYZE;
        """
    )
    await connection.fetch(FLUSH)
