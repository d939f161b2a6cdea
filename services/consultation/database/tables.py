"""The tables of the consultation service, for writing and reading; `migrations/` makes them."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from services.consultation.metadata import metadata
from shared.staff.tables import message_table, task_table

family = Table(
    "family",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("merged_into", Uuid),
    Column("record_id", Uuid),
    Column("recorded_on", Date),
    Column("reference_year", Integer),
    Column("reference_number", Integer),
)
"""The team's families, as referral tells of them: an id and a reference, and nothing of a person.

`record_id` is the family whose record it is today, after all merges.
"""

family_consent = Table(
    "family_consent",
    metadata,
    Column("family_id", Uuid, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("agrees", Boolean, nullable=False),
)
"""What somebody of a family agreed to share, as referral tells."""

organisation = Table(
    "organisation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("closed_on", Date),
)

consultation = Table(
    "consultation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("held_on", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("mode", Text, nullable=False),
    Column("organisation_id", Uuid, nullable=False),
    Column("profession", Text, nullable=False),
    Column("tier", Text),
    Column("name", Text, nullable=False),
    Column("people", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("family_id", Uuid),
    Column("family_knows", Text),
    Column("age_band", Text),
    Column("words", Text, nullable=False),
    Column("topics", ARRAY(Text), nullable=False),
    Column("they_will", Text, nullable=False),
    Column("we_will", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("follow_up_on", Date),
    Column("consultant_id", Uuid, nullable=False),
    Column("logged_at", DateTime(timezone=True), nullable=False),
    Column("identified_why", Text, nullable=False),
    Column("withdrawn_why", Text, nullable=False),
    Column("referral_wanted_at", DateTime(timezone=True)),
)

task = task_table(metadata, Column("subject_id", Uuid, nullable=False))
"""Of a consultation, or of a colleague who is supervised."""

referral = Table(
    "referral",
    metadata,
    Column("consultation_id", Uuid, primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("reference_year", Integer, nullable=False),
    Column("reference_number", Integer, nullable=False),
)
"""That consultations led to, as the referral service tells."""

evaluation = Table(
    "evaluation",
    metadata,
    Column("consultation_id", Uuid, primary_key=True),
    Column("token_hash", Text, nullable=False),
    Column("asked_by", Uuid, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    Column("useful", Integer),
    Column("before", Integer),
    Column("now", Integer),
)

meeting = Table(
    "meeting",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("organisation_id", Uuid, nullable=False),
    Column("topic", Text, nullable=False),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("place", Text, nullable=False),
    Column("places", Integer, nullable=False),
    Column("led_by", Uuid, nullable=False),
    Column("cancelled_at", DateTime(timezone=True)),
)

meeting_booking = Table(
    "meeting_booking",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("meeting_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("profession", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("booked_at", DateTime(timezone=True), nullable=False),
    Column("is_walk_in", Boolean, nullable=False),
    Column("came", Boolean),
    Column("marked_at", DateTime(timezone=True)),
    Column("email", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("given_up_at", DateTime(timezone=True)),
)

message = message_table(metadata, Column("booking_id", Uuid))
"""Emails about places in meetings."""
