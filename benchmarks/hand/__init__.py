"""What an expert would write by hand in asyncpg, for the same rows and the same pydantic models."""
