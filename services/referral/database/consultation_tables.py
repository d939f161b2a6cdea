"""What the consultation service said of a family; `migrations/` makes it."""

from sqlalchemy import Boolean, Column, Date, Table, Text, Uuid

from services.referral.metadata import metadata

heard_consultation = Table(
    "heard_consultation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("family_id", Uuid, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False),
)
"""By its events: that somebody asked the team about this family, and what kind of consultation it was."""
