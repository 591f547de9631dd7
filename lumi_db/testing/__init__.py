"""A pytest plugin for code that uses a PostgreSQL database with Prisma migrations.

Installed with `lumi-db`, pytest finds it by itself. It offers these fixtures:

    database_server     the server of this run (session): TEST_DATABASE_URL, else a container where a Docker
                        daemon answers, else PostgreSQL from the wheel
    database_url        URL of a fresh database with all migrations (function)
    empty_database_url  URL of a fresh empty database (function)
    database            an open `lumi_db.Database` on a fresh migrated database (function)

Every test has a database of its own, cloned in about 20 ms from a template that is made once per set of migrations,
and dropped after the test. Workers of pytest-xdist share server and template. The migrations are those of the ini
option `lumi_migrations`, or else of `prisma/migrations` below pytest's root, or else the shop's, which lumi_db brings.
"""
