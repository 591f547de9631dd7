"""Backups: a dump with its manifest, verified by restoring it; restoring with a guard."""
