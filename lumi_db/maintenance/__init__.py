"""What migrations and backups stand on: a connection of their own, scratch databases, the catalogue as text."""

from .catalogue import read_catalogue
from .connection import direct_connection, url_of
from .scratch import quote, scratch_database

__all__ = ["direct_connection", "quote", "read_catalogue", "scratch_database", "url_of"]
