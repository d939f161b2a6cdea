"""The tables of merges, caseload files, promises and numbers that were left, for writing and reading.

`migrations/` makes them.
"""

from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.referral.metadata import metadata

family_merge = Table(
    "family_merge",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kept_family_id", Uuid, nullable=False),
    Column("merged_family_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("merged_by", Uuid, nullable=False),
    Column("merged_at", DateTime(timezone=True), nullable=False),
    Column("stopped_messages", Boolean, nullable=False),
    Column("undone_by", Uuid),
    Column("undone_at", DateTime(timezone=True)),
    Column("undoing", Text),
)
"""Two records of one family. `stopped_messages`: the kept family's messages stopped because the other's had."""

merge_step = Table(
    "merge_step",
    metadata,
    Column("merge_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("table_name", Text, nullable=False),
    Column("column_name", Text, nullable=False),
    Column("row_key", JSONB, nullable=False),
    Column("moved_from", Uuid, nullable=False),
    Column("moved_to", Uuid, nullable=False),
)
"""Append-only: each value that a merge changed, in its order; `row_key` is the rest of the row's primary key."""

caseload_file = Table(
    "caseload_file",
    metadata,
    Column("content_hash", LargeBinary, primary_key=True),
    Column("imported_by", Uuid, nullable=False),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    Column("families", Integer, nullable=False),
)
"""Files of a caseload that were taken in, known again by the hash of what they say."""

promise = Table(
    "promise",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Uuid, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("assigned_to", Uuid),
    Column("noticed_at", DateTime(timezone=True)),
    Column("answered_at", DateTime(timezone=True)),
    Column("answered_by", Uuid),
    Column("spoken_with", Text, nullable=False, server_default=""),
    Column("answer", Text, nullable=False, server_default=""),
)
"""What a page promised; one of each kind about one thing. `noticed_at`: that it is overdue."""

callback = Table(
    "callback",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("draft_id", Uuid, nullable=False),
    Column("reference", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("source_group", Text),
    Column("in_danger", Boolean, nullable=False),
    Column("phone", Text, nullable=False),
    Column("contact_ways", ARRAY(Text), nullable=False),
    Column("when_answered", Text),
    Column("contact_not_asked", Boolean, nullable=False),
    Column("answered_at", DateTime(timezone=True)),
    Column("answered_by", Uuid),
    Column("answer", Text),
)
"""A number that someone left instead of a referral; the answer is what the team did about it."""
