"""The tables of courses, places, attendance and what comes of it, for writing and reading; `migrations/` makes them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY

from services.training.metadata import metadata
from shared.staff.tables import message_table

cohort = Table(
    "cohort",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("course", Text, nullable=False),
    Column("course_version", Integer, nullable=False),
    Column("venue", Text, nullable=False),
    Column("is_online", Boolean, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("filling", Text, nullable=False),
    Column("trainer_id", Uuid, nullable=False),
    Column("co_trainer", Text, nullable=False),
    Column("reserved_places", Integer, nullable=False),
    Column("reserved_for", Uuid, ForeignKey("organisation.id")),
    Column("reserved_until", Date),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("called_off_at", DateTime(timezone=True)),
)
"""One time that a course is taught; its row is the lock of its places."""

cohort_day = Table(
    "cohort_day",
    metadata,
    Column("cohort_id", Uuid, ForeignKey("cohort.id"), primary_key=True),
    Column("number", SmallInteger, primary_key=True),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("closed_at", DateTime(timezone=True)),
)

booking = Table(
    "booking",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("cohort_id", Uuid, ForeignKey("cohort.id"), nullable=False),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("organisation_id", Uuid, ForeignKey("organisation.id")),
    Column("sector", Text, nullable=False),
    Column("profession", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
    Column("secret", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("offered_until", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("how", Text),
    Column("needs", Text, nullable=False),
    Column("why_moved_up", Text, nullable=False),
    Column("is_walk_in", Boolean, nullable=False),
)
"""One person in one cohort, with a place or waiting for one: active once, and as often as it takes before."""

attendance = Table(
    "attendance",
    metadata,
    Column("booking_id", Uuid, ForeignKey("booking.id"), primary_key=True),
    Column("day", SmallInteger, primary_key=True),
    Column("is_here", Boolean),
    Column("late_minutes", Integer, nullable=False),
    Column("early_minutes", Integer, nullable=False),
    Column("marked_at", DateTime(timezone=True), nullable=False),
    Column("marked_by", Uuid, nullable=False),
)
"""What the register says of a person on a day; nothing of whoever has no row, or one that was undone."""

confidence_answer = Table(
    "confidence_answer",
    metadata,
    Column("booking_id", Uuid, ForeignKey("booking.id"), primary_key=True),
    Column("moment", Text, primary_key=True),
    Column("points", ARRAY(SmallInteger), nullable=False),
    Column("words", Text, nullable=False),
    Column("answered_at", DateTime(timezone=True), nullable=False),
)
"""How sure somebody felt before, after, then (as they see it afterwards) and three months on."""

completion = Table(
    "completion",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", Uuid, ForeignKey("person.id"), nullable=False),
    Column("course", Text, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("course_version", Integer, nullable=False),
    Column("cohort_id", Uuid, ForeignKey("cohort.id")),
    Column("booking_id", Uuid, ForeignKey("booking.id")),
    Column("sector", Text, nullable=False),
    Column("profession", Text, nullable=False),
    Column("attended_minutes", Integer, nullable=False),
    Column("length_minutes", Integer, nullable=False),
    Column("held_from", Date, nullable=False),
    Column("until_on", Date),
    Column("completed_at", DateTime(timezone=True), nullable=False),
    Column("waived_by", Uuid),
    Column("waived_why", Text, nullable=False),
    Column("expired_told_at", DateTime(timezone=True)),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("withdrawn_by", Uuid),
    Column("withdrawn_why", Text, nullable=False),
    Column("delivered_by", Text),
    Column("digest", Uuid),
    Column("told_to", Uuid),
)
"""Somebody holds a course: while `held_from <= day < until_on`, and it is not withdrawn."""

certificate = Table(
    "certificate",
    metadata,
    Column("code", Text, primary_key=True),
    Column("completion_id", Uuid, ForeignKey("completion.id"), nullable=False),
    Column("family_name", Text, nullable=False),
    Column("printed", ARRAY(Text), nullable=False),
    Column("issued_at", DateTime(timezone=True), nullable=False),
    Column("withdrawn_on", Date),
    Column("replaced_by", Text),
    Column("signed", Text, nullable=False),
)
"""What is printed, as it was then: name, course, days, team, trainer. A code is never used again."""

team_key = Table(
    "team_key",
    metadata,
    Column("team", Text, primary_key=True),
    Column("public_key", LargeBinary, primary_key=True),
    Column("known_since", DateTime(timezone=True), nullable=False),
)
"""By which the certificates of this team and of others are verified; an old key stays, for what it has signed."""

heard_certificate = Table(
    "heard_certificate",
    metadata,
    Column("team", Text, primary_key=True),
    Column("digest", Uuid, primary_key=True),
    Column("course", Text),
    Column("course_version", Integer),
    Column("level", SmallInteger),
    Column("held_from", Date),
    Column("until_on", Date),
    Column("withdrawn_on", Date),
    Column("replaced_on", Date),
)
"""What other teams tell of their certificates, whether anybody brings them here or not."""

message = message_table(metadata, Column("booking_id", Uuid))
"""Emails about a booking."""
