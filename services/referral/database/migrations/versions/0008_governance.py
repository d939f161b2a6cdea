"""Keeping a family's record: who may see it, who asked for a copy, how long it stays, and its end.

A restriction, an opening of a restricted record and a decision on what is disclosed are history: none is deleted. The
app cannot delete a family's record. `destroy_record` does it with the owner's rights, and only for a destruction that
two people decided on.
"""

from shared.database.script import execute_script

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CREATE_RESTRICTION = """
CREATE TABLE family_restriction (
    id uuid PRIMARY KEY,
    family_id uuid NOT NULL REFERENCES family,
    reason text NOT NULL,
    note text NOT NULL,
    restricted_by uuid NOT NULL,
    restricted_at timestamptz NOT NULL,
    lifted_by uuid,
    lifted_at timestamptz,
    lift_note text,
    CONSTRAINT family_restriction_lift_check CHECK (num_nonnulls(lifted_by, lifted_at, lift_note) IN (0, 3))
);
CREATE UNIQUE INDEX family_restriction_in_force ON family_restriction (family_id) WHERE lifted_at IS NULL;

CREATE TABLE restriction_colleague (
    restriction_id uuid NOT NULL REFERENCES family_restriction,
    colleague_id uuid NOT NULL,
    PRIMARY KEY (restriction_id, colleague_id)
);

CREATE TABLE break_glass (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    reason text NOT NULL,
    opened_by uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    until timestamptz NOT NULL CHECK (until > opened_at),
    review_due_on date NOT NULL,
    reviewed_by uuid CHECK (reviewed_by <> opened_by),
    reviewed_at timestamptz,
    finding text,
    review_note text,
    CONSTRAINT break_glass_review_check CHECK (num_nonnulls(reviewed_by, reviewed_at, finding, review_note) IN (0, 4))
);
CREATE INDEX break_glass_by_family ON break_glass (family_id, opened_by, until);
CREATE INDEX break_glass_to_review ON break_glass (review_due_on) WHERE reviewed_at IS NULL;
"""

CREATE_SUBJECT_ACCESS = """
CREATE TABLE subject_access (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    subject_id uuid NOT NULL REFERENCES person,
    asked_by text NOT NULL,
    relation text NOT NULL,
    authority_note text NOT NULL,
    asked_on date NOT NULL,
    due_on date NOT NULL CHECK (due_on > asked_on),
    extension_reason text,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    closed_on date,
    closed_by uuid,
    outcome text,
    CONSTRAINT subject_access_end_check CHECK (num_nonnulls(closed_on, closed_by, outcome) IN (0, 3))
);
CREATE INDEX subject_access_open ON subject_access (due_on) WHERE closed_on IS NULL;
CREATE INDEX subject_access_by_family ON subject_access (family_id);

CREATE TABLE disclosure_decision (
    request_id uuid NOT NULL REFERENCES subject_access,
    item text NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    decision text NOT NULL,
    reason text NOT NULL,
    decided_by uuid NOT NULL,
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (request_id, item, number)
);
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON disclosure_decision, restriction_colleague FROM %I', current_database());
END $$;
"""

CREATE_RETENTION = """
CREATE TABLE record_hold (
    id uuid PRIMARY KEY,
    family_id uuid NOT NULL REFERENCES family,
    reason text NOT NULL,
    note text NOT NULL,
    placed_by uuid NOT NULL,
    placed_at timestamptz NOT NULL,
    lifted_by uuid,
    lifted_at timestamptz,
    lift_note text,
    CONSTRAINT record_hold_lift_check CHECK (num_nonnulls(lifted_by, lifted_at, lift_note) IN (0, 3))
);
CREATE UNIQUE INDEX record_hold_in_force ON record_hold (family_id, reason) WHERE lifted_at IS NULL;

CREATE TABLE destruction (
    id uuid PRIMARY KEY,
    family_id uuid NOT NULL,
    rule text NOT NULL,
    kept_until date NOT NULL,
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    proposal_note text NOT NULL,
    confirmed_by uuid CHECK (confirmed_by <> proposed_by),
    confirmed_at timestamptz,
    refused_by uuid,
    refused_at timestamptz,
    destroyed_at timestamptz,
    CONSTRAINT destruction_confirmed_check CHECK (num_nonnulls(confirmed_by, confirmed_at) IN (0, 2)),
    CONSTRAINT destruction_refused_check CHECK (
        num_nonnulls(refused_by, refused_at) IN (0, 2) AND (refused_at IS NULL OR confirmed_at IS NULL)),
    CONSTRAINT destruction_done_check CHECK (destroyed_at IS NULL OR confirmed_at IS NOT NULL)
);
CREATE UNIQUE INDEX destruction_in_progress ON destruction (family_id)
    WHERE refused_at IS NULL AND destroyed_at IS NULL;
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON destruction FROM %I', current_database());
    EXECUTE format('GRANT UPDATE (confirmed_by, confirmed_at, refused_by, refused_at) ON destruction TO %I',
                   current_database());
END $$;
"""
"""A destruction has no foreign key to its family: it is what stays of it."""

CREATE_DESTROY = """
CREATE FUNCTION destroy_record(destruction_id uuid, at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    decided destruction%ROWTYPE;
    doomed uuid[];
    found uuid[];
    place record;
    stays constant text[] := ARRAY['audit', 'audit_head', 'outbox', 'outbox_head', 'destruction', 'colleague',
        'api_client', 'api_token', 'web_session', 'alembic_version', 'reference_counter', 'person', 'family'];
    removed integer := 0;
    number integer;
    waits boolean;
    moved boolean;
BEGIN
    SELECT * INTO decided FROM destruction WHERE id = destruction_id FOR UPDATE;
    IF decided.confirmed_at IS NULL OR decided.destroyed_at IS NOT NULL OR decided.confirmed_by = decided.proposed_by
       OR decided.kept_until >= (at AT TIME ZONE 'Europe/London')::date
       OR EXISTS (SELECT FROM record_hold WHERE family_id = decided.family_id AND lifted_at IS NULL) THEN
        RAISE EXCEPTION 'this destruction is not decided' USING ERRCODE = 'insufficient_privilege';
    END IF;

    WITH RECURSIVE same AS (
        SELECT decided.family_id AS id
        UNION SELECT family.id FROM family JOIN same ON family.merged_into = same.id
    ) SELECT array_agg(id) INTO doomed FROM same;
    SELECT doomed || COALESCE(array_agg(DISTINCT person_id), '{}') INTO doomed FROM family_member
    WHERE family_id = ANY (doomed)
      AND NOT EXISTS (SELECT FROM family_member other
                      WHERE other.person_id = family_member.person_id AND NOT other.family_id = ANY (doomed));

    CREATE TEMPORARY TABLE IF NOT EXISTS doomed_column (name text, field text) ON COMMIT DROP;
    TRUNCATE doomed_column;
    INSERT INTO doomed_column
    SELECT t.relname, a.attname FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
    WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
      AND a.atttypid = 'uuid'::regtype AND NOT t.relname = ANY (stays);

    LOOP
        moved := false;
        FOR place IN SELECT c.name, c.field FROM doomed_column c
                     WHERE EXISTS (SELECT FROM doomed_column i WHERE i.name = c.name AND i.field = 'id') LOOP
            EXECUTE format('SELECT array_agg(id) FROM %I WHERE %I = ANY ($1) AND NOT id = ANY ($1)',
                           place.name, place.field) INTO found USING doomed;
            IF found IS NOT NULL THEN
                doomed := doomed || found;
                moved := true;
            END IF;
        END LOOP;
        EXIT WHEN NOT moved;
    END LOOP;

    IF to_regclass('public.referral_draft') IS NOT NULL THEN
        DELETE FROM referral_draft
        WHERE reference IN (SELECT reference FROM referral WHERE referral.id = ANY (doomed));
    END IF;
    SET CONSTRAINTS ALL DEFERRED;
    LOOP
        waits := false;
        moved := false;
        FOR place IN SELECT name, field FROM doomed_column
                     UNION ALL SELECT 'person', 'id' UNION ALL SELECT 'family', 'id' LOOP
            BEGIN
                EXECUTE format('DELETE FROM %I WHERE %I = ANY ($1)', place.name, place.field) USING doomed;
                GET DIAGNOSTICS number = ROW_COUNT;
                removed := removed + number;
                moved := moved OR number > 0;
            EXCEPTION WHEN foreign_key_violation THEN
                waits := true;
            END;
        END LOOP;
        EXIT WHEN NOT waits;
        IF NOT moved THEN
            RAISE EXCEPTION 'a row outside of the record refers to it' USING ERRCODE = 'foreign_key_violation';
        END IF;
    END LOOP;
    UPDATE destruction SET destroyed_at = at WHERE id = destruction_id;
    RETURN removed;
END $$;
REVOKE ALL ON FUNCTION destroy_record FROM PUBLIC;
DO $$ BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION destroy_record TO %I', current_database());
END $$;
"""
"""It takes whatever holds the id of a doomed row, so that a table made later is not forgotten; `stays` names the rest.
A person who belongs to another family too stays there.
"""

MAY_READ = """
ALTER TABLE api_client ADD COLUMN may_read boolean NOT NULL DEFAULT false;
"""


def upgrade() -> None:
    execute_script(CREATE_RESTRICTION)
    execute_script(CREATE_SUBJECT_ACCESS)
    execute_script(CREATE_RETENTION)
    execute_script(CREATE_DESTROY)
    execute_script(MAY_READ)
