"""Who works where and holds what, on each day: kept by the database whenever a job, a training or a leave changes.

Nothing writes here but the triggers of `migrations/`, in the transaction that changes what it is made of.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Table, Text, Uuid

from services.training.metadata import metadata

standing = Table(
    "standing",
    metadata,
    Column("person_id", Uuid, ForeignKey("person.id"), primary_key=True),
    Column("from_on", Date, primary_key=True),
    Column("until_on", Date, nullable=False),
    Column("places", Text, nullable=False),
    Column("held", Text, nullable=False),
    Column("is_away", Boolean, nullable=False),
)
"""Of each person who is not erased, a row for each span at work in which nothing changes: `from_on <= day < until_on`.

`places` are `organisation:profession`, and `held` the courses in date, each in order with a space between; `is_away`:
they are on long leave.
"""
