"""Targets that the region entered. None is ever changed: a later one of the same month takes its place."""

from sqlalchemy import Column, Date, DateTime, Integer, Numeric, Table, Text, Uuid

from services.reporting.metadata import metadata

target_set = Table(
    "target_set",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("indicator", Integer, nullable=False),
    Column("holds_from", Date, nullable=False),
    Column("value", Numeric, nullable=False),
    Column("source", Text, nullable=False),
    Column("set_by", Uuid, nullable=False),
    Column("set_at", DateTime(timezone=True), nullable=False),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("withdrawn_by", Uuid),
)
"""`value` is in the unit of the figure, `holds_from` the first day of a month."""
