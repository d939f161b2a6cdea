"""What staff-facing services keep alike: forms answered or begun, who signs in, what corrections replaced.

Every service runs the DDL of intention, colleague and form_draft in its migrations, and of earlier_version where it has
any. Tasks and messages, where it has them, are in its own MetaData, beside the record that they are about.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shared.database.tables import metadata

intention = Table(
    "intention",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("actor_id", Uuid, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("went_to", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

INTENTION_DDL_1 = """
CREATE TABLE intention (
    id uuid PRIMARY KEY,
    actor_id uuid NOT NULL,
    digest bytea NOT NULL,
    went_to text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX intention_at ON intention (at);
DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON intention TO %I', current_database());
END $$;
"""

colleague = Table(
    "colleague",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
)
"""Names of those who decided something, so that the record can say who it was; events never do."""

COLLEAGUE_DDL_1 = """
CREATE TABLE colleague (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    roles text[] NOT NULL
);
"""

earlier_version = Table(
    "earlier_version",
    metadata,
    Column("record_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("content", JSONB, nullable=False),
    Column("replaced_by", Uuid, nullable=False),
    Column("replaced_at", DateTime(timezone=True), nullable=False),
)
"""What a correction replaced; append-only."""

EARLIER_VERSION_DDL_1 = """
CREATE TABLE earlier_version (
    record_id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    kind text NOT NULL,
    content jsonb NOT NULL,
    replaced_by uuid NOT NULL,
    replaced_at timestamptz NOT NULL,
    PRIMARY KEY (record_id, version)
);
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON earlier_version FROM %I', current_database());
END $$;
"""


def _task_columns() -> list[Column[Any]]:
    return [
        Column("id", Uuid, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("kind", Text, nullable=False),
        Column("about", Uuid),
        Column("detail", Text, nullable=False),
        Column("raised_at", DateTime(timezone=True), nullable=False),
        Column("due_on", Date, nullable=False),
        Column("assigned_to", Uuid),
        Column("answered_at", DateTime(timezone=True)),
        Column("answered_by", Uuid),
        Column("answer", Text),
        Column("asked_by", Uuid),
        Column("asked_for", Text),
    ]


TASK_COLUMNS = frozenset(column.name for column in _task_columns())


def task_table(metadata: MetaData, *own: Column[Any]) -> Table:
    """The tasks of a service: one of a kind for each thing that it is about.

    Args:
        metadata: the service's own.
        own: the column that says whom or what a task is about, and what else the service keeps of one.
    """
    return Table("task", metadata, *_task_columns(), *own)


def create_task_1(own: str) -> str:
    """DDL of a service's tasks; `own` are its own columns, as SQL."""
    return _TASK_DDL_1.replace("{own}", own)


_TASK_DDL_1 = """
CREATE TABLE task (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    {own},
    kind text NOT NULL,
    about uuid,
    detail text NOT NULL DEFAULT '',
    raised_at timestamptz NOT NULL,
    due_on date NOT NULL,
    assigned_to uuid REFERENCES colleague,
    answered_at timestamptz,
    answered_by uuid,
    answer text,
    asked_by uuid,
    asked_for text,
    CONSTRAINT task_answer_check CHECK (num_nonnulls(answered_at, answered_by, answer) IN (0, 3)),
    CONSTRAINT task_asked_check CHECK (num_nonnulls(asked_by, asked_for) IN (0, 2))
);
CREATE UNIQUE INDEX task_once ON task (kind, about) WHERE about IS NOT NULL;
CREATE INDEX task_open ON task (due_on) WHERE answered_at IS NULL;
CREATE INDEX task_answered ON task (answered_at) WHERE answered_at IS NOT NULL;
"""


def message_table(metadata: MetaData, *own: Column[Any]) -> Table:
    """The messages of a service: to a person on record, whose address is looked up when one leaves, or to an `address`.

    Args:
        metadata: the service's own.
        own: the column that says whom a message is about.
    """
    return Table(
        "message",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("version", Integer, nullable=False),
        Column("kind", Text, nullable=False),
        Column("about", Text, nullable=False),
        *own,
        Column("person_id", Uuid),
        Column("address", Text),
        Column("subject", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("link", Text, nullable=False),
        Column("queued_by", Uuid, nullable=False),
        Column("queued_at", DateTime(timezone=True), nullable=False),
        Column("next_attempt_at", DateTime(timezone=True), nullable=False),
        Column("expires_at", DateTime(timezone=True)),
        Column("attempts", Integer, nullable=False),
        Column("trouble", Text),
        Column("sent_at", DateTime(timezone=True)),
        Column("failed_at", DateTime(timezone=True)),
        Column("stopped_at", DateTime(timezone=True)),
    )


def create_message_1(own: str) -> str:
    """DDL of a service's messages; `own` are its own columns, as SQL."""
    return _MESSAGE_DDL_1.replace("{own}", own)


_MESSAGE_DDL_1 = """
CREATE TABLE message (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    kind text NOT NULL,
    about text NOT NULL,
    {own},
    person_id uuid,
    address text,
    subject text NOT NULL,
    body text NOT NULL,
    link text NOT NULL,
    queued_by uuid NOT NULL,
    queued_at timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    expires_at timestamptz,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    trouble text,
    sent_at timestamptz,
    failed_at timestamptz,
    stopped_at timestamptz,
    CONSTRAINT message_recipient_check CHECK (num_nonnulls(person_id, address) = 1),
    CONSTRAINT message_end_check CHECK (num_nonnulls(sent_at, failed_at, stopped_at) <= 1)
);
CREATE UNIQUE INDEX message_once ON message (kind, about);
CREATE INDEX message_waiting ON message (next_attempt_at)
    WHERE sent_at IS NULL AND failed_at IS NULL AND stopped_at IS NULL;
CREATE INDEX message_by_queued_at ON message (queued_at);
"""

form_draft = Table(
    "form_draft",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("actor_id", Uuid, nullable=False),
    Column("about", Uuid),
    Column("address", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("fields", JSONB, nullable=False),
    Column("number", Integer, nullable=False),
    Column("was_sent", Boolean, nullable=False),
    Column("refusal", JSONB(none_as_null=True)),
    Column("kept_at", DateTime(timezone=True), nullable=False),
)

FORM_DRAFT_DDL_1 = """
CREATE TABLE form_draft (
    id uuid PRIMARY KEY,
    actor_id uuid NOT NULL,
    about uuid,
    address text NOT NULL,
    title text NOT NULL,
    fields jsonb NOT NULL,
    number integer NOT NULL,
    was_sent boolean NOT NULL,
    refusal jsonb,
    kept_at timestamptz NOT NULL
);
CREATE INDEX form_draft_actor ON form_draft (actor_id, kept_at);
CREATE INDEX form_draft_kept_at ON form_draft (kept_at);
DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON form_draft TO %I', current_database());
END $$;
"""
