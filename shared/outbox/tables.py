"""The outbox: every event that a service ever published, in its own database. It is the truth; Redis is a copy.

An event is a row for each audience, written in the transaction that made the change. `position` is given by
the relay after that transaction has committed, so positions have no holes. Rows are never changed otherwise, and
never deleted.
"""

from sqlalchemy import BigInteger, Column, DateTime, Integer, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from shared.database.tables import metadata

outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger, primary_key=True),
    Column("audience", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("aggregate_version", Integer, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("traceparent", Text, nullable=False),
    Column("position", BigInteger),
)

relay_state = Table(
    "relay_state",
    metadata,
    Column("audience", Text, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("first_position", BigInteger, nullable=False),
    Column("last_position", BigInteger, nullable=False),
)

CREATE_OUTBOX_1 = """
CREATE TABLE outbox (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    audience text NOT NULL CHECK (audience IN ('team', 'region')),
    event_id uuid NOT NULL UNIQUE,
    aggregate_id uuid NOT NULL,
    aggregate_version integer NOT NULL CHECK (aggregate_version > 0),
    subject uuid NOT NULL,
    type text NOT NULL,
    body jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    traceparent text NOT NULL,
    position bigint CHECK (position > 0),
    UNIQUE (audience, aggregate_id, aggregate_version),
    UNIQUE (audience, position)
);
CREATE INDEX outbox_without_position ON outbox (seq) WHERE position IS NULL;

CREATE TABLE relay_state (
    audience text PRIMARY KEY CHECK (audience IN ('team', 'region')),
    epoch integer NOT NULL DEFAULT 1 CHECK (epoch > 0),
    first_position bigint NOT NULL DEFAULT 1 CHECK (first_position > 0),
    last_position bigint NOT NULL DEFAULT 0 CHECK (last_position >= 0)
);
INSERT INTO relay_state (audience) VALUES ('team'), ('region');

CREATE FUNCTION outbox_wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $$;
CREATE TRIGGER outbox_wake AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_wake();
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON outbox FROM %I', current_database());
    EXECUTE format('GRANT UPDATE (position) ON outbox TO %I', current_database());
END $$;
"""

OUTBOX_NETWORK_1 = """
ALTER TABLE outbox DROP CONSTRAINT outbox_audience_check,
    ADD CONSTRAINT outbox_audience_check CHECK (audience IN ('team', 'region', 'network'));
ALTER TABLE relay_state DROP CONSTRAINT relay_state_audience_check,
    ADD CONSTRAINT relay_state_audience_check CHECK (audience IN ('team', 'region', 'network'));
INSERT INTO relay_state (audience) VALUES ('network');
"""
"""For a service that tells the same one of other teams something: the relay publishes to whom has a row."""
