"""Trainings of colleagues: those that the training service tells of, beside those that the team lead enters."""

from sqlalchemy import Boolean, Column, Date, Table, Text, Uuid, literal, select, union_all

from services.referral.database.clinical_tables import colleague_training
from services.referral.metadata import metadata

told_training = Table(
    "told_training",
    metadata,
    Column("completion_id", Uuid, primary_key=True),
    Column("colleague_id", Uuid, nullable=False),
    Column("course", Text, nullable=False),
    Column("held_from", Date, nullable=False),
    Column("until_on", Date),
    Column("is_withdrawn", Boolean, nullable=False),
)
"""It may come before its colleague has signed in here, so none has to be known."""

_NAMES = ("colleague_id", "course", "held_from", "until_on")

held_training = union_all(
    select(*(colleague_training.c[name] for name in _NAMES), literal("entered").label("source")),
    select(*(told_training.c[name] for name in _NAMES), literal("told").label("source")).where(
        ~told_training.c.is_withdrawn
    ),
).subquery("held_training")
"""From both sources: of one course the one that counts longer is what counts."""
