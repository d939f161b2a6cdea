"""The facts of referral and triage: one row for each event of a kind, by team and month, and of nobody."""

from sqlalchemy import Boolean, Column, Integer, Text

from services.reporting.facts.database.fact_table import corrected_fact_table, fact_table

referral_received = fact_table(
    "referral_received",
    Column("source_group", Text, nullable=False),
    Column("age_band", Text, nullable=False),
)

triage_decided = corrected_fact_table(
    "triage_decided",
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("working_days", Integer, nullable=False),
)
"""`outcome` is `accepted` or a code of TriageOutcome; `reason` is none for an accepted referral."""

tier_movement = fact_table(
    "tier_movement",
    Column("from_tier", Text),
    Column("to_tier", Text, nullable=False),
    Column("capacity_driven", Boolean, nullable=False),
)
"""`from_tier` is none where work with a family began."""
