"""What the consultation service said of a family; `migrations/` makes it."""

from sqlalchemy import Boolean, Column, Date, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

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

wanted_referral = Table(
    "wanted_referral",
    metadata,
    Column("consultation_id", Uuid, primary_key=True),
    Column("held_on", Date),
    Column("sector", Text),
    Column("topics", ARRAY(Text)),
    Column("family_id", Uuid),
    Column("is_withdrawn", Boolean, nullable=False),
    Column("referral_id", Uuid),
)
"""Consultations that should become a referral, and the one that each became. What it was about is empty where the
referral was taken in before the event came."""
