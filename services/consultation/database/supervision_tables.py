"""The tables of supervision. Notes stand apart from their session: whoever reads sessions never touches them."""

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Numeric, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.consultation.metadata import metadata

supervisee = Table(
    "supervisee",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("experience_from", Date, nullable=False),
    Column("behind_since", Date),
)

supervision_agreement = Table(
    "supervision_agreement",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("supervisee_id", Uuid, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("share", Numeric, nullable=False),
    Column("supervisor_id", Uuid),
    Column("manager_id", Uuid),
    Column("last_on", Date),
)

supervision_leave = Table(
    "supervision_leave",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("supervisee_id", Uuid, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date),
    Column("was_withdrawn", Boolean, nullable=False),
)

supervision_session = Table(
    "supervision_session",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("supervisor_id", Uuid),
    Column("supervisees", ARRAY(Uuid), nullable=False),
    Column("left_early", JSONB, nullable=False),
    Column("state", Text, nullable=False),
    Column("cancelled_by", Text),
)

supervision_note = Table(
    "supervision_note",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("session_id", Uuid, nullable=False),
    Column("supervisee_id", Uuid, nullable=False),
    Column("supervisor_id", Uuid),
    Column("words", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

supervision_rule = Table(
    "supervision_rule",
    metadata,
    Column("from_on", Date, primary_key=True),
    Column("new_minutes", Integer, nullable=False),
    Column("experienced_minutes", Integer, nullable=False),
    Column("group_rule", Text, nullable=False),
)

supervision_month = Table(
    "supervision_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("owed_minutes", Integer, nullable=False),
    Column("given_minutes", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("month_owed", Integer, nullable=False),
    Column("month_given", Integer, nullable=False),
    Column("was_revised", Boolean, nullable=False),
)
