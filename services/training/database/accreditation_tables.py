"""The tables of supervised cases and what they lead to, for writing and reading; `migrations/` makes them."""

from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, SmallInteger, Table, Text, Uuid

from services.training.metadata import metadata

accreditation = Table(
    "accreditation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("course", Text, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("sector", Text, nullable=False),
    Column("profession", Text, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("granted_at", DateTime(timezone=True), nullable=False),
    Column("granted_by", Uuid, nullable=False),
    Column("expired_told_at", DateTime(timezone=True)),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("withdrawn_by", Uuid),
    Column("withdrawn_why", Text, nullable=False),
    Column("told_to", Uuid),
)
"""Somebody may give an intervention: while `from_on <= day < until_on`, and it is not withdrawn."""

supervised_case = Table(
    "supervised_case",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("course", Text, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("supervisor_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("came_back_why", Text),
    Column("answered_at", DateTime(timezone=True)),
    Column("answered_by", Uuid),
    Column("counted_by", Uuid, ForeignKey("accreditation.id")),
)
"""A case that somebody worked on under supervision, by its number: no family is in it, nor room for a word of one."""
