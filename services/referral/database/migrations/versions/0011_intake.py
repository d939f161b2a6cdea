"""Ways in: what triage asks for and decides, merges of two records that are one, and files of a caseload.

A merge moves rows from one family to another, and its undoing moves the same ones back, also rows of tables whose
content never changes: of those the service may change to whom a row belongs, and nothing else.
"""

from shared.database.script import execute_script

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CHANGE_REFERRAL = """
ALTER TABLE referral
    ADD COLUMN earlier_received_on date,
    ADD COLUMN earlier_team text,
    ADD COLUMN told text[] NOT NULL DEFAULT '{}',
    ADD COLUMN target_service text,
    ADD COLUMN safe_wait_plan text,
    ADD COLUMN waiting_well_on date,
    ADD COLUMN asked_for text,
    ADD COLUMN asked_on date,
    ADD COLUMN chase_on date,
    ADD COLUMN chases integer CHECK (chases >= 0),
    ADD COLUMN safety_worry boolean,
    ADD COLUMN supplied text,
    ADD COLUMN supplied_on date,
    ADD COLUMN reopened_on date,
    ADD COLUMN reopening text,
    DROP CONSTRAINT referral_decision_check,
    ADD CONSTRAINT referral_decision_check CHECK (
        num_nonnulls(decided_on, decided_by, episode_id, outcome, decline_reason, explanation) = 0
        OR num_nonnulls(decided_on, decided_by, episode_id, urgency) = 4
            AND num_nonnulls(outcome, decline_reason, explanation) = 0
        OR num_nonnulls(decided_on, decided_by, outcome, decline_reason, explanation) = 5
            AND episode_id IS NULL),
    ADD CONSTRAINT referral_earlier_check CHECK ((earlier_received_on IS NULL) = (earlier_team IS NULL)),
    ADD CONSTRAINT referral_asked_check CHECK (
        num_nonnulls(asked_for, asked_on, chase_on, chases, safety_worry) IN (0, 5)
        AND (supplied IS NULL) = (supplied_on IS NULL) AND (supplied_on IS NULL OR asked_on IS NOT NULL)),
    ADD CONSTRAINT referral_reopened_check CHECK ((reopened_on IS NULL) = (reopening IS NULL));
CREATE INDEX referral_by_born_on ON referral (born_on) WHERE born_on IS NOT NULL;
CREATE INDEX referral_by_due_on ON referral (due_on) WHERE due_on IS NOT NULL;
CREATE INDEX referral_by_postcode ON referral (postcode);
CREATE INDEX referral_by_phone ON referral (caregiver_phone) WHERE caregiver_phone IS NOT NULL;
CREATE INDEX person_by_phone ON person (phone) WHERE phone IS NOT NULL;

ALTER TABLE referral_draft
    ADD COLUMN link_hash text UNIQUE,
    ADD COLUMN kept_until timestamptz;
"""

CREATE_MERGE = """
CREATE TABLE family_merge (
    id uuid PRIMARY KEY,
    kept_family_id uuid NOT NULL,
    merged_family_id uuid NOT NULL,
    reason text NOT NULL,
    merged_by uuid NOT NULL,
    merged_at timestamptz NOT NULL,
    stopped_messages boolean NOT NULL,
    undone_by uuid,
    undone_at timestamptz,
    undoing text,
    CONSTRAINT family_merge_check CHECK (kept_family_id <> merged_family_id),
    CONSTRAINT family_merge_undone_check CHECK (num_nonnulls(undone_by, undone_at, undoing) IN (0, 3))
);
CREATE INDEX family_merge_by_kept ON family_merge (kept_family_id);
CREATE UNIQUE INDEX family_merged_once ON family_merge (merged_family_id) WHERE undone_at IS NULL;

CREATE TABLE merge_step (
    merge_id uuid NOT NULL REFERENCES family_merge,
    number integer NOT NULL CHECK (number > 0),
    table_name text NOT NULL,
    column_name text NOT NULL,
    row_key jsonb NOT NULL,
    moved_from uuid NOT NULL,
    moved_to uuid NOT NULL,
    PRIMARY KEY (merge_id, number)
);
DO $$
DECLARE
    reference record;
BEGIN
    EXECUTE format('REVOKE UPDATE ON merge_step FROM %I', current_database());
    FOR reference IN
        SELECT c.conrelid::regclass AS moved, a.attname
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        WHERE c.contype = 'f' AND c.confrelid IN ('family'::regclass, 'person'::regclass)
    LOOP
        EXECUTE format('GRANT UPDATE (%I) ON %s TO %I', reference.attname, reference.moved, current_database());
    END LOOP;
END $$;

CREATE TABLE caseload_file (
    content_hash bytea PRIMARY KEY,
    imported_by uuid NOT NULL,
    imported_at timestamptz NOT NULL,
    families integer NOT NULL CHECK (families > 0)
);
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON caseload_file FROM %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CHANGE_REFERRAL)
    execute_script(CREATE_MERGE)
