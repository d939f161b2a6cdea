"""What the region knows of a team’s area from elsewhere. A later entry takes an earlier one’s place."""

from sqlalchemy import BigInteger, Column, Date, DateTime, Identity, Integer, Table, Text, Uuid

from services.reporting.metadata import metadata

parameter_entered = Table(
    "parameter_entered",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("team", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("value", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("entered_by", Uuid, nullable=False),
    Column("entered_at", DateTime(timezone=True), nullable=False),
)
"""`name` is a Parameter; it holds from the month on until the month of the next of that name."""
