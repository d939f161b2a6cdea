"""The tables of a family's record, for writing and reading; `migrations/` makes them."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Table, Text, Uuid

from services.referral.database.name_words import of_names
from services.referral.metadata import metadata
from shared.kernel.name_words import asked_keys, known_keys, name_words

family = Table(
    "family",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("messages_stopped_at", DateTime(timezone=True)),
    Column("safety_asked_on", Date),
    Column("merged_into", Uuid),
)
"""`safety_asked_on` is when someone asked and knew of no safety flag: without it, no flag means "not asked"."""

person = Table(
    "person",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text),
    Column("born_on", Date),
    Column("due_on", Date),
    Column("due_source", Text),
    Column("birth_order", Integer),
    Column("days_of_pregnancy", Integer),
    Column("pregnancy_outcome", Text),
    Column("pregnancy_ended_on", Date),
    Column("died_on", Date),
    Column("nhs_number", Text),
    Column("gender", Text),
    Column("ethnicity", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("address", Text),
    Column("postcode", Text),
    Column("gp_practice", Text),
    Column("care_experienced", Text, nullable=False),
    Column("contact_unsafe", Boolean, nullable=False),
    Column("contact_note", Text, nullable=False),
    *(of_names(made, "name") for made in (name_words, known_keys, asked_keys)),
)
"""One row for each human; `days_of_pregnancy` is at birth."""

family_member = Table(
    "family_member",
    metadata,
    Column("family_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("invited_on", Date),
)
"""`number` is the order in which people joined the record."""

dyad = Table(
    "dyad",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("baby_id", Uuid, nullable=False),
    Column("carer_id", Uuid, nullable=False),
    Column("relationship", Text, nullable=False),
    Column("involvement", Text, nullable=False),
    Column("parental_responsibility", Text, nullable=False),
    Column("lives_together", Text, nullable=False),
    Column("contact_note", Text, nullable=False),
    Column("is_primary", Boolean, nullable=False),
)

legal_status = Table(
    "legal_status",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("local_authority", Text),
    Column("placement", Text),
    Column("social_worker", Text),
    Column("may_consent", Text),
)
"""A history: a new status ends the one before it."""

safety_flag = Table(
    "safety_flag",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("person_id", Uuid),
    Column("kind", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("review_on", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("ended_on", Date),
    Column("ending", Text),
)

access_need = Table(
    "access_need",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("contact_method", Text),
    Column("information_format", Text),
    Column("communication_professional", Text),
    Column("communication_support", Text),
    Column("interpreter_language", Text),
    Column("interpreter_dialect", Text),
    Column("interpreter_gender", Text),
    Column("adjustments", Text),
)

consent = Table(
    "consent",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("given_by", Uuid, nullable=False),
    Column("scope", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("given_on", Date, nullable=False),
    Column("note", Text),
    Column("withdrawn_on", Date),
)

family_preference = Table(
    "family_preference",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("venue", Text),
    Column("format", Text),
    Column("practitioner_gender", Text),
    Column("times", Text),
    Column("network", Text),
)
