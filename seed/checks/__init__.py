"""Prove by SQL that a database obeys the shop's rules: a seeded one, or a real shop's."""
