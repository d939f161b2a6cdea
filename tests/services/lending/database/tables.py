"""The families that may borrow, and a parcel of books for each baby."""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Integer, Table, Uuid

from shared.staff.tables import message_table, task_table
from tests.services.lending.metadata import metadata

family = Table(
    "family",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("merged_into", Uuid),
)

parcel = Table(
    "parcel",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("is_replay", Boolean, nullable=False),
    Column("born_at", DateTime(timezone=True), nullable=False),
    Column("sent_at", DateTime(timezone=True)),
)
"""`position` and `is_replay` are the delivery's that it was made for."""

task = task_table(metadata, Column("parcel_id", Uuid, nullable=False), Column("family_id", Uuid, nullable=False))
"""About a parcel; `family_id` is whose it was then."""

message = message_table(metadata, Column("family_id", Uuid))
