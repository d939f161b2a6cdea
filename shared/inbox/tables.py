"""What a reader keeps in its own database: how far it read, what it took in, and what it set aside."""

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from shared.database.tables import metadata

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("team", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_since", DateTime(timezone=True), nullable=False),
    Column("head_epoch", Integer, nullable=False),
    Column("head_position", BigInteger, nullable=False),
    Column("heard_at", DateTime(timezone=True)),
    Column("last_beat", Text),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

event_log = Table(
    "event_log",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("position", BigInteger, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("team", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("subject", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
)

dead_letter = Table(
    "dead_letter",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("stream", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("failed_at", DateTime(timezone=True), nullable=False),
    Column("replay_requested_at", DateTime(timezone=True)),
    Column("resolved_at", DateTime(timezone=True)),
)

_CREATE_CHECKPOINT_1 = """
CREATE TABLE checkpoint (
    stream text PRIMARY KEY,
    team text NOT NULL,
    service text NOT NULL,
    epoch integer NOT NULL DEFAULT 0,
    position bigint NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'reading' CHECK (state IN ('reading', 'parked', 'gap', 'diverged')),
    state_since timestamptz NOT NULL DEFAULT now(),
    head_epoch integer NOT NULL DEFAULT 0,
    head_position bigint NOT NULL DEFAULT 0,
    heard_at timestamptz,
    last_beat text,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE dead_letter (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream text NOT NULL,
    epoch integer NOT NULL,
    position bigint NOT NULL,
    reason text NOT NULL,
    detail text NOT NULL,
    raw text NOT NULL,
    failed_at timestamptz NOT NULL,
    replay_requested_at timestamptz,
    resolved_at timestamptz,
    UNIQUE (stream, epoch, position)
);
"""
CREATE_EVENT_LOG_1 = f"""{_CREATE_CHECKPOINT_1}
CREATE TABLE event_log (
    stream text NOT NULL,
    position bigint NOT NULL,
    epoch integer NOT NULL,
    team text NOT NULL,
    event_id uuid NOT NULL,
    subject text NOT NULL,
    type text NOT NULL,
    body jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (stream, position)
);
DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON event_log TO %I', current_database());
END $$;
"""
"""For a service that counts. It keeps the events, so that facts can be made anew."""

CREATE_INBOX_1 = f"""{_CREATE_CHECKPOINT_1}
CREATE TABLE inbox (
    stream text NOT NULL,
    event_id uuid NOT NULL,
    epoch integer NOT NULL,
    position bigint NOT NULL,
    type text NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (stream, event_id)
);
CREATE INDEX inbox_position ON inbox (stream, position);
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON inbox FROM %I', current_database());
END $$;
"""
"""For a service that reacts. It keeps the ids of the events, so that one that comes again is known."""

AUDIT_HEAD_DDL_1 = """
CREATE TABLE audit_head_heard (
    stream text NOT NULL,
    history integer NOT NULL,
    number bigint NOT NULL,
    hash text NOT NULL,
    heard_at timestamptz NOT NULL DEFAULT now(),
    contradiction text CHECK (contradiction IN ('went_back', 'changed', 'vanished')),
    contradicted_at timestamptz,
    PRIMARY KEY (stream, history, number)
);
"""
"""Where the audit trails of others ended, by the stream that their heartbeat is about (`shared.inbox.audit_heads`)."""

LEASE_DDL_1 = """
CREATE TABLE reader_replica (
    id uuid PRIMARY KEY,
    seen_at timestamptz NOT NULL
);
CREATE TABLE reader_lease (
    team text PRIMARY KEY,
    holder uuid NOT NULL,
    ends_at timestamptz NOT NULL
);
DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON reader_replica, reader_lease TO %I', current_database());
END $$;
"""
"""Which processes of a service read, and which of them reads which team (`shared.inbox.leases`)."""
