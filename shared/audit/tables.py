"""The audit trail: who read or changed what, and when; each entry is chained to the one before by a hash.

The application can add an entry through `audit_add` and can do nothing else to the trail: not insert, change, remove or
empty. `audit_verify` gives the number of the first entry that was tampered with. A cut tail is not in the chain; it
shows because `audit_head` counts, and because the heartbeat tells the region how far the trail had come.
"""

from sqlalchemy import BigInteger, Column, DateTime, Table, Text, Uuid

from shared.database.tables import metadata

audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", Uuid, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Uuid),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

CREATE_AUDIT_1 = """
CREATE TABLE audit (
    number bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor uuid NOT NULL,
    action text NOT NULL,
    subject uuid,
    previous text NOT NULL,
    hash text NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, number);
CREATE TABLE audit_head (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    number bigint NOT NULL,
    hash text NOT NULL
);
INSERT INTO audit_head (number, hash) VALUES (0, '');

CREATE FUNCTION audit_hash(number bigint, at timestamptz, actor uuid, action text, subject uuid, previous text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(
        json_build_array(number, extract(epoch FROM at), actor, action, subject, previous)::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION audit_add(at timestamptz, actor uuid, action text, subject uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head audit_head%ROWTYPE;
    new_hash text;
BEGIN
    SELECT * INTO head FROM audit_head FOR UPDATE;
    new_hash := audit_hash(head.number + 1, at, actor, action, subject, head.hash);
    INSERT INTO audit VALUES (head.number + 1, at, actor, action, subject, head.hash, new_hash);
    UPDATE audit_head SET number = head.number + 1, hash = new_hash;
    RETURN head.number + 1;
END $$;

CREATE FUNCTION audit_verify() RETURNS bigint LANGUAGE sql STABLE AS $$
    WITH chain AS (
        SELECT number, hash, previous, lag(hash, 1, '') OVER (ORDER BY number) AS before,
               row_number() OVER (ORDER BY number) AS place,
               audit_hash(number, at, actor, action, subject, previous) AS computed
        FROM audit
    ), wrong AS (
        SELECT number FROM chain WHERE hash <> computed OR previous <> before OR number <> place
        UNION ALL
        SELECT head.number FROM audit_head head
        WHERE NOT EXISTS (SELECT FROM audit WHERE audit.number = head.number AND audit.hash = head.hash)
          AND head.number > 0
    )
    SELECT min(number) FROM wrong
$$;
DO $$ BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE ON audit, audit_head FROM %I', current_database());
    EXECUTE format('GRANT EXECUTE ON FUNCTION audit_add, audit_verify, audit_hash TO %I', current_database());
END $$;
"""
