"""The tables of outcome measures, for writing and reading; `migrations/` makes them."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from services.referral.metadata import metadata

measure_administration = Table(
    "measure_administration",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("definition_version", Text, nullable=False),
    Column("variant", Text, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("baby_id", Uuid),
    Column("respondent", Text, nullable=False),
    Column("timepoint", Text, nullable=False),
    Column("answered_on", Date, nullable=False),
    Column("answers", JSONB, nullable=False),
    Column("scales", JSONB, nullable=False),
    Column("alerts", JSONB, nullable=False),
    Column("scored", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("contact_id", Uuid),
    Column("request_id", Uuid),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("first_id", Uuid, nullable=False),
    Column("supersedes", Uuid),
    Column("correction_reason", Text),
    Column("withdrawn", Boolean, nullable=False),
)
"""Append-only: a correction is a row that `supersedes` another, and `first_id` is the first of such a chain.

`person_id` is the carer who answered, or whom a practitioner rated; `scales` and `alerts` are what the answers gave
under `definition_version`. Only a row that is `scored` has any score: it makes a baseline or half of a pair.
"""

measure_skip = Table(
    "measure_skip",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("baby_id", Uuid),
    Column("timepoint", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("skipped_on", Date, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
"""Why a measure was not completed; append-only."""

measure_request = Table(
    "measure_request",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("episode_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("definition_version", Text, nullable=False),
    Column("variant", Text, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("baby_id", Uuid),
    Column("timepoint", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("requested_by", Uuid, nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Column("answered_at", DateTime(timezone=True)),
)
"""A link by which a parent or carer answers once. Only the hash of its token is here."""
