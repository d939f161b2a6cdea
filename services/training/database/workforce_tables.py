"""The tables of the workforce, for writing and reading; `migrations/` makes them.

Who holds a span of days has them half-open, as everywhere in this service: `from_on <= day < until_on`.
"""

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.training.metadata import metadata

organisation = Table(
    "organisation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("closed_on", Date),
    Column("home_team", Text),
)
"""`home_team` is the team in whose area it is, where that is another one."""

person = Table(
    "person",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("given_name", Text, nullable=False),
    Column("family_name", Text, nullable=False),
    Column("earlier_names", ARRAY(Text), nullable=False),
    Column("email", Text, nullable=False),
    Column("is_shared_email", Boolean, nullable=False),
    Column("colleague_id", Uuid),
    Column("merged_into", Uuid, ForeignKey("person.id")),
    Column("erased_on", Date),
    Column("erased_by", Uuid),
    Column("erased_why", Text),
    Column("name_words", ARRAY(Text)),
    Column("known_keys", ARRAY(Text)),
)
"""Somebody who works with babies, of whichever organisation; `merged_into` is who they turned out to be. The last two
are made of the names: `person_names`.
"""

post = Table(
    "post",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("organisation_id", Uuid, ForeignKey("organisation.id"), nullable=False),
    Column("profession", Text, nullable=False),
    Column("staff_number", Text, nullable=False),
    Column("from_on", Date),
    Column("until_on", Date),
)
"""Where somebody works, as what and since when; several at once are legal, and so is a gap between two."""

leave = Table(
    "leave",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
)
"""Long leave; why is nobody's business here."""

headcount = Table(
    "headcount",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organisation_id", Uuid, ForeignKey("organisation.id"), nullable=False),
    Column("profession", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("people", Integer, nullable=False),
    Column("entered_by", Uuid, nullable=False),
    Column("entered_at", DateTime(timezone=True), nullable=False),
)
"""How many work there, as the organisation says; rows are added, and of one day the last one counts."""

person_merge = Table(
    "person_merge",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("retired_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("kept_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("why", Text, nullable=False),
    Column("moved", JSONB, nullable=False),
    Column("merged_by", Uuid, nullable=False),
    Column("merged_at", DateTime(timezone=True), nullable=False),
    Column("undone_by", Uuid),
    Column("undone_at", DateTime(timezone=True)),
)
"""Two records of one person were joined; `moved` says of each table which rows, so that it can be undone."""

workforce_import = Table(
    "workforce_import",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("everybody_at", Uuid, ForeignKey("organisation.id")),
    Column("as_of", Date, nullable=False),
    Column("same_people", JSONB, nullable=False),
    Column("counts", JSONB, nullable=False),
    Column("missing", ARRAY(Uuid), nullable=False),
    Column("sent_by", Uuid, nullable=False),
    Column("sent_at", DateTime(timezone=True), nullable=False),
    Column("stored_at", DateTime(timezone=True)),
)
"""A file of people as it was sent, kept until it is stored; `missing` are posts that it did not name any more."""

champion_activity = Table(
    "champion_activity",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("done_on", Date, nullable=False),
    Column("people", Integer, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
)
"""What a champion did: it is what keeps one active."""
