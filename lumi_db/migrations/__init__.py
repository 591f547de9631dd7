"""Migrations from Python alone: Prisma's files, table, lock and checksums; up, down, check and repair."""
