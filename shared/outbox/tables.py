"""The outbox: every event that a service ever published, in its own database. It is the truth; Redis is a copy.

An event is a row for each audience, written in the transaction that made the change. Its position is given by
the relay after that transaction has committed, so positions have no holes. Rows are never changed and never deleted.

Positions stand beside the rows: to write one into a row would copy the row, and enter it into each of its indexes anew.
"""

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, Integer, Table, Text, Uuid
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
)

outbox_waiting = Table(
    "outbox_waiting",
    metadata,
    Column("seq", BigInteger, primary_key=True),
    Column("audience", Text, nullable=False),
)
"""What has no position yet. The database enters each row of the outbox, in the same transaction."""

outbox_order = Table(
    "outbox_order",
    metadata,
    Column("audience", Text, primary_key=True),
    Column("first_position", BigInteger, primary_key=True),
    Column("seqs", ARRAY(BigInteger), nullable=False),
)
"""Which rows have the positions from the first one on, by `seq`: what one round of the relay gave, at most 500."""

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

POSITIONS_BESIDE_1 = """
CREATE TABLE outbox_order (
    audience text NOT NULL,
    first_position bigint NOT NULL CHECK (first_position > 0),
    seqs bigint[] NOT NULL CHECK (cardinality(seqs) BETWEEN 1 AND 500),
    PRIMARY KEY (audience, first_position)
);
CREATE TABLE outbox_waiting (
    seq bigint PRIMARY KEY,
    audience text NOT NULL
);
CREATE VIEW outbox_in_order AS
    SELECT audience, first_position + place - 1 AS position, seq, first_position
    FROM outbox_order, unnest(seqs) WITH ORDINALITY AS each (seq, place);

INSERT INTO outbox_order
SELECT audience, min(position), array_agg(seq ORDER BY position) FROM outbox
WHERE position IS NOT NULL GROUP BY audience, (position - 1) / 500;

CREATE OR REPLACE FUNCTION outbox_wake() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO outbox_waiting SELECT seq, audience FROM added;
    PERFORM pg_notify('outbox', '');
    RETURN NULL;
END $$;
DROP TRIGGER outbox_wake ON outbox;
CREATE TRIGGER outbox_wake AFTER INSERT ON outbox REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION outbox_wake();

CREATE FUNCTION outbox_given() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    WITH taken AS (
        DELETE FROM outbox_waiting USING given
        WHERE outbox_waiting.seq = given.seq AND given.position IS NOT NULL
        RETURNING given.audience, given.position, given.seq
    )
    INSERT INTO outbox_order
    SELECT audience, min(position), array_agg(seq ORDER BY position) FROM taken GROUP BY audience;
    RETURN NULL;
END $$;
CREATE TRIGGER outbox_given AFTER UPDATE ON outbox REFERENCING NEW TABLE AS given
    FOR EACH STATEMENT EXECUTE FUNCTION outbox_given();

INSERT INTO outbox_order
SELECT state.audience, min(position), array_agg(seq ORDER BY position)
FROM relay_state AS state, LATERAL (
    SELECT seq, position FROM outbox
    WHERE audience = state.audience AND position > coalesce((
        SELECT max(first_position + cardinality(seqs) - 1) FROM outbox_order AS given
        WHERE given.audience = state.audience), 0)
    ORDER BY position
) AS since
GROUP BY state.audience, (position - 1) / 500;
INSERT INTO outbox_waiting SELECT seq, audience FROM outbox WHERE position IS NULL;

CREATE FUNCTION give_positions(most integer) RETURNS TABLE (
    audience text, "position" bigint, event_id uuid, subject uuid, type text, body text, occurred_at timestamptz,
    traceparent text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH batch AS (
        SELECT seq, audience FROM outbox
        WHERE position IS NULL AND audience = ANY (ARRAY(SELECT audience FROM relay_state)) ORDER BY seq LIMIT most
    ), counted AS (
        SELECT audience, count(*) AS events FROM batch GROUP BY audience
    ), moved AS (
        UPDATE relay_state AS state SET last_position = last_position + events
        FROM counted WHERE counted.audience = state.audience
        RETURNING state.audience, last_position - events AS start
    ), numbered AS (
        SELECT seq, start + row_number() OVER (PARTITION BY audience ORDER BY seq) AS position
        FROM batch JOIN moved USING (audience)
    ), given AS (
        UPDATE outbox AS event SET position = numbered.position
        FROM numbered WHERE event.seq = numbered.seq AND event.seq = ANY (ARRAY(SELECT seq FROM batch))
        RETURNING event.audience, event.position, event.event_id, event.subject, event.type, event.body::text,
            event.occurred_at, event.traceparent
    )
    SELECT * FROM given ORDER BY audience, position;
END $$;
REVOKE ALL ON FUNCTION give_positions FROM PUBLIC;
DO $$ BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE ON outbox_order, outbox_waiting FROM %I', current_database());
    EXECUTE format('GRANT EXECUTE ON FUNCTION give_positions TO %I', current_database());
END $$;
"""
"""Positions also stand beside the outbox: older code goes on giving them in it, and the database notes them.

Nearly all are copied before anyone must wait. While the outbox is locked, those that were given meanwhile are looked up
by audience and position; `ORDER BY` keeps PostgreSQL from reading the whole outbox for them.
"""

POSITIONS_ONLY_BESIDE_1 = """
CREATE OR REPLACE FUNCTION give_positions(most integer) RETURNS TABLE (
    audience text, "position" bigint, event_id uuid, subject uuid, type text, body text, occurred_at timestamptz,
    traceparent text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH batch AS (
        DELETE FROM outbox_waiting
        WHERE seq = ANY (ARRAY(
            SELECT seq FROM outbox_waiting
            WHERE audience = ANY (ARRAY(SELECT audience FROM relay_state)) ORDER BY seq LIMIT most
        ))
        RETURNING seq, audience
    ), counted AS (
        SELECT audience, count(*) AS events, array_agg(seq ORDER BY seq) AS seqs FROM batch GROUP BY audience
    ), moved AS (
        UPDATE relay_state AS state SET last_position = last_position + events
        FROM counted WHERE counted.audience = state.audience
        RETURNING state.audience, last_position - events + 1 AS first_position, seqs
    ), kept AS (
        INSERT INTO outbox_order SELECT audience, first_position, seqs FROM moved
    )
    SELECT moved.audience, moved.first_position + place - 1, event.event_id, event.subject, event.type,
        event.body::text, event.occurred_at, event.traceparent
    FROM moved, unnest(seqs) WITH ORDINALITY AS each (seq, place) JOIN outbox AS event ON event.seq = each.seq
    ORDER BY 1, 2;
END $$;
DROP TRIGGER outbox_given ON outbox;
DROP FUNCTION outbox_given();
ALTER TABLE outbox DROP COLUMN position;
"""
"""Nothing older gives positions any more: they are no longer written into the outbox."""
