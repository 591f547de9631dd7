"""Answers for the columns of every model, written from the schema."""
