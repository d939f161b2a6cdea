"""The table of those who want to hear of new dates, for writing and reading; `migrations/` makes it."""

from sqlalchemy import Boolean, Column, DateTime, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from services.training.metadata import metadata

date_watch = Table(
    "date_watch",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("course", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("known", ARRAY(Uuid), nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("ended_at", DateTime(timezone=True)),
    Column("is_stopped", Boolean, nullable=False),
)
"""An address that hears once of new dates; it is forgotten when it has, or was taken out, or after a year."""
