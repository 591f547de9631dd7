"""`make bench`: this client beside asyncpg by hand and other libraries, on one database, one core and in one run."""
