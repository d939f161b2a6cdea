"""The tables of a family's record, for writing and reading; `migrations/` makes them."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Table, Text, Uuid

from shared.database.tables import metadata

family = Table(
    "family",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("messages_stopped_at", DateTime(timezone=True)),
    Column("merged_into", Uuid),
)

person = Table(
    "person",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text),
    Column("born_on", Date),
    Column("due_on", Date),
    Column("birth_order", Integer),
    Column("days_of_pregnancy", Integer),
    Column("pregnancy_outcome", Text),
    Column("died_on", Date),
    Column("nhs_number", Text),
    Column("gender", Text),
    Column("ethnicity", Text),
    Column("phone", Text),
    Column("email", Text),
    Column("address", Text),
    Column("postcode", Text),
    Column("gp_practice", Text),
    Column("contact_unsafe", Boolean, nullable=False),
    Column("contact_note", Text, nullable=False),
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
