"""Outcome measures: what was answered and scored, why one was not, and links by which a parent answers.

A score is never changed: a correction is a new row that supersedes it. The service may only move a row to another
family or person, which a merge needs.
"""

from shared.database.script import execute_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CREATE_MEASURE = """
CREATE TABLE measure_administration (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    episode_id uuid NOT NULL REFERENCES episode,
    code text NOT NULL,
    definition_version text NOT NULL,
    variant text NOT NULL DEFAULT '',
    person_id uuid NOT NULL REFERENCES person,
    baby_id uuid REFERENCES person,
    respondent text NOT NULL,
    timepoint text NOT NULL,
    answered_on date NOT NULL,
    answers jsonb NOT NULL,
    scales jsonb NOT NULL,
    alerts jsonb NOT NULL,
    scored boolean NOT NULL,
    note text NOT NULL DEFAULT '',
    contact_id uuid REFERENCES contact,
    request_id uuid,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    first_id uuid NOT NULL,
    supersedes uuid UNIQUE REFERENCES measure_administration,
    correction_reason text,
    withdrawn boolean NOT NULL DEFAULT false,
    CONSTRAINT measure_administration_correction_check
        CHECK ((supersedes IS NULL) = (correction_reason IS NULL) AND (supersedes IS NOT NULL OR NOT withdrawn)),
    CONSTRAINT measure_administration_first_check CHECK ((supersedes IS NULL) = (first_id = id))
);
CREATE INDEX measure_administration_by_family ON measure_administration (family_id);
CREATE INDEX measure_administration_by_episode ON measure_administration (episode_id);
CREATE INDEX measure_administration_by_contact ON measure_administration (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX measure_administration_by_first ON measure_administration (first_id);

CREATE TABLE measure_skip (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    episode_id uuid NOT NULL REFERENCES episode,
    code text NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    baby_id uuid REFERENCES person,
    timepoint text NOT NULL,
    reason text NOT NULL,
    skipped_on date NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX measure_skip_by_family ON measure_skip (family_id);
CREATE INDEX measure_skip_by_episode ON measure_skip (episode_id);

CREATE TABLE measure_request (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    episode_id uuid NOT NULL REFERENCES episode,
    code text NOT NULL,
    definition_version text NOT NULL,
    variant text NOT NULL DEFAULT '',
    person_id uuid NOT NULL REFERENCES person,
    baby_id uuid REFERENCES person,
    timepoint text NOT NULL,
    token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    requested_by uuid NOT NULL,
    requested_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    answered_at timestamptz,
    CONSTRAINT measure_request_end_check CHECK (revoked_at IS NULL OR answered_at IS NULL)
);
CREATE INDEX measure_request_by_family ON measure_request (family_id);
ALTER TABLE measure_administration ADD FOREIGN KEY (request_id) REFERENCES measure_request;

DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON measure_administration, measure_skip FROM %I', current_database());
    EXECUTE format('GRANT UPDATE (family_id, episode_id, person_id, baby_id) ON measure_administration, measure_skip'
                   ' TO %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_MEASURE)
