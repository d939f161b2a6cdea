"""The tables of contacts, and of what must be answered; `migrations/` makes them."""

from sqlalchemy import Column, Date, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from services.referral.metadata import metadata
from shared.staff.tables import task_table

contact = Table(
    "contact",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("practitioner_id", Uuid, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("starts_at", DateTime(timezone=True)),
    Column("kind", Text, nullable=False),
    Column("attendance", Text),
    Column("mode", Text, nullable=False),
    Column("venue", Text, nullable=False),
    Column("minutes", Integer),
    Column("note", Text, nullable=False),
    Column("infant_voice", Text, nullable=False),
    Column("elements", ARRAY(Text), nullable=False),
    Column("strand_id", Uuid),
    Column("group_session_id", Uuid),
    Column("interpreter", Text),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
"""An appointment has no `attendance` yet; it becomes the contact when someone says what happened."""

contact_person = Table(
    "contact_person",
    metadata,
    Column("contact_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
)
"""Who was there."""

note_template = Table(
    "note_template",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("edited_by", Uuid, nullable=False),
    Column("edited_at", DateTime(timezone=True), nullable=False),
)
"""Append-only. An empty `text`: the team went back to the words that the software came with."""

task = task_table(metadata, Column("family_id", Uuid, nullable=False), Column("episode_id", Uuid))
