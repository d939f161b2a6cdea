"""What was agreed with a team, or asked of it."""

from sqlalchemy import Column, Date, DateTime, Integer, Table, Text, Uuid

from services.reporting.metadata import metadata

action = Table(
    "action",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("team", Text, nullable=False),
    Column("indicator", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("owned_by", Uuid, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("agreed_by", Uuid, nullable=False),
    Column("agreed_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_by", Uuid),
    Column("outcome", Text, nullable=False),
)
"""`team` is empty for the region, `indicator` 0 where it is about no figure."""
