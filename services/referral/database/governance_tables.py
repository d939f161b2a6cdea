"""The tables of keeping a record: restrictions, openings, requests for a copy, holds; `migrations/` makes them."""

from sqlalchemy import Column, Date, DateTime, Integer, Table, Text, Uuid

from services.referral.metadata import metadata

family_restriction = Table(
    "family_restriction",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("family_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("restricted_by", Uuid, nullable=False),
    Column("restricted_at", DateTime(timezone=True), nullable=False),
    Column("lifted_by", Uuid),
    Column("lifted_at", DateTime(timezone=True)),
    Column("lift_note", Text),
)
"""One at most is in force for a family: the one that nobody lifted."""

restriction_colleague = Table(
    "restriction_colleague",
    metadata,
    Column("restriction_id", Uuid, primary_key=True),
    Column("colleague_id", Uuid, primary_key=True),
)
"""Who may see the record all the same."""

break_glass = Table(
    "break_glass",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
    Column("review_due_on", Date, nullable=False),
    Column("reviewed_by", Uuid),
    Column("reviewed_at", DateTime(timezone=True)),
    Column("finding", Text),
    Column("review_note", Text),
)
"""A restricted record opened in an emergency, in words; nobody reviews their own."""

subject_access = Table(
    "subject_access",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("family_id", Uuid, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("relation", Text, nullable=False),
    Column("authority_note", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("extension_reason", Text),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("closed_on", Date),
    Column("closed_by", Uuid),
    Column("outcome", Text),
)
"""Someone asks for a copy of one person's record."""

disclosure_decision = Table(
    "disclosure_decision",
    metadata,
    Column("request_id", Uuid, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("decision", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided_by", Uuid, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
)
"""Append-only; of an item the highest `number` holds."""

record_hold = Table(
    "record_hold",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("family_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("placed_by", Uuid, nullable=False),
    Column("placed_at", DateTime(timezone=True), nullable=False),
    Column("lifted_by", Uuid),
    Column("lifted_at", DateTime(timezone=True)),
    Column("lift_note", Text),
)

destruction = Table(
    "destruction",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("family_id", Uuid, nullable=False),
    Column("rule", Text, nullable=False),
    Column("kept_until", Date, nullable=False),
    Column("proposed_by", Uuid, nullable=False),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    Column("proposal_note", Text, nullable=False),
    Column("confirmed_by", Uuid),
    Column("confirmed_at", DateTime(timezone=True)),
    Column("refused_by", Uuid),
    Column("refused_at", DateTime(timezone=True)),
    Column("destroyed_at", DateTime(timezone=True)),
)
"""What stays of a family whose record was destroyed: its id, the rule, who decided, and when."""
