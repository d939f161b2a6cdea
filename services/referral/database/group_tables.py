"""The tables of groups, of who takes part, and of their sessions; `migrations/` makes them."""

from sqlalchemy import Column, Date, DateTime, Integer, Table, Text, Uuid

from services.referral.metadata import metadata

care_group = Table(
    "care_group",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("intervention", Text, nullable=False),
    Column("practitioner_id", Uuid, nullable=False),
    Column("venue", Text, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ended_on", Date),
)

group_place = Table(
    "group_place",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("group_id", Uuid, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("dyad_id", Uuid, nullable=False),
    Column("joined_on", Date, nullable=False),
    Column("left_on", Date),
)
"""A baby and a carer who take part, with the piece of work that it belongs to."""

group_session = Table(
    "group_session",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("group_id", Uuid, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("practitioner_id", Uuid, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
"""What happened to each family is in `contact`."""
