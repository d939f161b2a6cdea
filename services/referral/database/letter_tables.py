"""The tables of letters, their templates, and messages by email; `migrations/` makes them."""

from sqlalchemy import Column, DateTime, Integer, Table, Text, Uuid

from services.referral.metadata import metadata
from shared.staff.tables import message_table

letter_template = Table(
    "letter_template",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text),
    Column("edited_by", Uuid, nullable=False),
    Column("edited_at", DateTime(timezone=True), nullable=False),
)
"""Append-only. No `text`: the team went back to the words that the software ships with."""

letter = Table(
    "letter",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("referral_id", Uuid, nullable=False),
    Column("family_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("recipient_id", Uuid),
    Column("recipient_name", Text, nullable=False),
    Column("recipient_address", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("written_by", Uuid, nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("number", Integer),
    Column("issued_by", Uuid),
    Column("issued_at", DateTime(timezone=True)),
    Column("team_name", Text),
    Column("team_phone", Text),
    Column("discarded_at", DateTime(timezone=True)),
)
"""A draft until it has a `number`, which counts the letters of its referral; frozen from then on."""

message = message_table(metadata, Column("family_id", Uuid))
