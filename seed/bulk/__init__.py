"""Shops of any size: every row is told by its number, so that no list of rows is ever held."""
