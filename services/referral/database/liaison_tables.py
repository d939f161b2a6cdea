"""The tables of conversations about a family and of risk notes; `migrations/` makes them."""

from sqlalchemy import Column, DateTime, Integer, Table, Text, Uuid

from services.referral.metadata import metadata

liaison = Table(
    "liaison",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("practitioner_id", Uuid, nullable=False),
    Column("happened_at", DateTime(timezone=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("profession", Text),
    Column("organisation", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("minutes", Integer),
    Column("basis", Text),
    Column("disclosed", Text, nullable=False),
    Column("disclosed_to", Text, nullable=False),
    Column("disclosure_basis", Text),
    Column("consent_sought", Text),
    Column("no_consent_why", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
"""Append-only: what was said to whom stays as it was written."""

risk_note = Table(
    "risk_note",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("contact_id", Uuid),
    Column("noted_by", Uuid, nullable=False),
    Column("noted_at", DateTime(timezone=True), nullable=False),
    Column("concern", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("told", Text, nullable=False),
)
"""Append-only; never part of a letter."""
