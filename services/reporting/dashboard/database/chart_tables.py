"""What people say of figures: notes on a month, and steps that begin limits anew. Nothing is ever changed."""

from sqlalchemy import Column, Date, DateTime, Integer, Table, Text, Uuid

from services.reporting.metadata import metadata

chart_note = Table(
    "chart_note",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("indicator", Integer, nullable=False),
    Column("team", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("words", Text, nullable=False),
    Column("written_by", Uuid, nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
)
"""`team` is empty for the region."""

recalculation = Table(
    "recalculation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("indicator", Integer, nullable=False),
    Column("team", Text, nullable=False),
    Column("holds_from", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", Uuid, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)
"""One for each indicator, team and month; `team` is empty for the region."""
