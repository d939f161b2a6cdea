"""The audit trail: who read or changed what, and when; each entry is chained to the one before by a hash.

The application can add an entry through `audit_add` and can do nothing else to the trail: not insert, change, remove or
empty. The entry's time is the database's, and it keeps which role of the database added it (none in entries of before
`AUDIT_DDL_2`). That the actor is who the application says it is, the database cannot know: only the application signs
people in. What time the application gives counts in one case: an operator lets the time be simulated, while the history
of a demonstration is loaded (`shared.tenancy.databases.let_time_be_simulated`).

`audit_verify` hashes a piece of the trail and gives the first entry that was tampered with; `audit_check_on` goes round
the trail a piece at a time and keeps what it found. Who may write to every table can cut the tail and put the head
back, or compute the whole chain anew, and the chain holds. That shows elsewhere: the heartbeat tells the region the
head's number and hash, and its readers keep them (`shared.inbox.audit_heads`).
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
    Column("role", Text),
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

AUDIT_DDL_2 = """
ALTER TABLE audit ADD COLUMN role text;
ALTER TABLE audit_head ADD COLUMN simulated boolean NOT NULL DEFAULT false;
DROP FUNCTION audit_verify();

CREATE FUNCTION audit_hash(
    number bigint, at timestamptz, actor uuid, action text, subject uuid, role text, previous text
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN role IS NULL THEN audit_hash(number, at, actor, action, subject, previous)
    ELSE encode(sha256(convert_to(
        json_build_array(number, extract(epoch FROM at), actor, action, subject, role, previous)::text, 'UTF8')), 'hex')
    END
$$;

CREATE OR REPLACE FUNCTION audit_add(at timestamptz, actor uuid, action text, subject uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head audit_head%ROWTYPE;
    new_hash text;
BEGIN
    SELECT * INTO head FROM audit_head FOR UPDATE;
    IF NOT head.simulated THEN
        at := clock_timestamp();
    END IF;
    new_hash := audit_hash(head.number + 1, at, actor, action, subject, session_user::text, head.hash);
    INSERT INTO audit VALUES (head.number + 1, at, actor, action, subject, head.hash, new_hash, session_user);
    UPDATE audit_head SET number = head.number + 1, hash = new_hash;
    RETURN head.number + 1;
END $$;

CREATE FUNCTION audit_verify(after bigint, most integer, OUT wrong bigint, OUT up_to bigint, OUT ended boolean)
LANGUAGE sql STABLE AS $$
    WITH piece AS (
        SELECT * FROM audit WHERE number > after ORDER BY number LIMIT most
    ), chain AS (
        SELECT number, hash, previous, after + row_number() OVER in_order AS place,
               lag(hash, 1, coalesce((SELECT hash FROM audit WHERE number = after), '')) OVER in_order AS before,
               audit_hash(number, at, actor, action, subject, role, previous) AS computed
        FROM piece WINDOW in_order AS (ORDER BY number)
    ), reached AS (
        SELECT coalesce(max(number), after) AS number, count(*) < most AS ended FROM piece
    ), head AS (
        SELECT coalesce(max(number), 0) AS number, coalesce(max(hash), '') AS hash FROM audit_head
    ), faults AS (
        SELECT number FROM chain WHERE hash <> computed OR previous <> before OR number <> place
        UNION ALL
        SELECT least(head.number, reached.number) + 1 FROM head, reached
        WHERE reached.ended AND head.number <> reached.number
        UNION ALL
        SELECT audit.number FROM head JOIN audit USING (number), reached
        WHERE reached.ended AND audit.hash <> head.hash
    )
    SELECT (SELECT min(number) FROM faults), reached.number, reached.ended FROM reached
$$;

CREATE TABLE audit_check (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    up_to bigint NOT NULL DEFAULT 0,
    found bigint,
    checked_at timestamptz,
    entries bigint,
    wrong bigint
);
INSERT INTO audit_check DEFAULT VALUES;

CREATE FUNCTION audit_check_on(most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    so_far audit_check%ROWTYPE;
    piece record;
BEGIN
    SELECT * INTO so_far FROM audit_check FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    SELECT * INTO piece FROM audit_verify(so_far.up_to, most);
    so_far.found := coalesce(so_far.found, piece.wrong);
    IF piece.ended THEN
        UPDATE audit_check
        SET up_to = 0, found = NULL, checked_at = clock_timestamp(), entries = piece.up_to, wrong = so_far.found;
    ELSE
        UPDATE audit_check SET up_to = piece.up_to, found = so_far.found;
    END IF;
    RETURN piece.up_to - so_far.up_to;
END $$;
DO $$ BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE ON audit_check FROM %I', current_database());
END $$;
"""
