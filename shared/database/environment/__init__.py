"""Alembic's script location, shared by all services; each service brings only its `versions/` and its `HEAD`."""
