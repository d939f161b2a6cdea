"""The facts that reporting counts: one row for each event of a kind, by team and month, and of nobody in particular."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, Table, Text

from services.reporting.metadata import metadata

referral_received = Table(
    "referral_received",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("team", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("source_group", Text, nullable=False),
    Column("age_band", Text, nullable=False),
)

triage_decided = Table(
    "triage_decided",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("team", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("working_days", Integer, nullable=False),
)
"""`outcome` is `accepted` or a code of TriageOutcome; `reason` is none for an accepted referral."""

tier_movement = Table(
    "tier_movement",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("team", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("from_tier", Text),
    Column("to_tier", Text, nullable=False),
    Column("capacity_driven", Boolean, nullable=False),
)
"""`from_tier` is none where work with a family began."""
