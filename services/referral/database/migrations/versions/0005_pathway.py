"""The work with a family: its contacts, what must be answered, and how far an episode has come.

The dates on an episode are folds over its record (`database/milestones.py`); nobody types them in. What a correction
replaced is kept in `earlier_version`.
"""

from shared.database.script import execute_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CREATE_CONTACT = """
ALTER TABLE colleague ADD COLUMN roles text[] NOT NULL DEFAULT '{}';

ALTER TABLE episode
    ADD COLUMN lead_id uuid REFERENCES colleague,
    ADD COLUMN first_contact_on date,
    ADD COLUMN assessed_on date,
    ADD COLUMN baseline_on date,
    ADD COLUMN formulated_on date,
    ADD COLUMN plan_agreed_on date,
    ADD COLUMN intervention_started_on date,
    ADD COLUMN last_contact_on date,
    ADD COLUMN next_contact_at timestamptz,
    ADD COLUMN contacts_attended integer NOT NULL DEFAULT 0,
    ADD COLUMN ended_on date,
    ADD COLUMN ending text,
    ADD CONSTRAINT episode_ending_check CHECK ((ended_on IS NULL) = (ending IS NULL));
CREATE UNIQUE INDEX episode_open_once ON episode (family_id) WHERE ended_on IS NULL AND level <> 'community';
CREATE INDEX episode_by_lead ON episode (lead_id) WHERE ended_on IS NULL;

CREATE TABLE contact (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    episode_id uuid NOT NULL REFERENCES episode,
    practitioner_id uuid NOT NULL REFERENCES colleague,
    held_on date NOT NULL,
    starts_at timestamptz,
    kind text NOT NULL,
    attendance text,
    mode text NOT NULL,
    venue text NOT NULL,
    minutes integer CHECK (minutes BETWEEN 0 AND 1440),
    note text NOT NULL DEFAULT '',
    infant_voice text NOT NULL DEFAULT '',
    elements text[] NOT NULL DEFAULT '{}',
    strand_id uuid,
    group_session_id uuid,
    interpreter text,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT contact_length_check CHECK ((attendance = 'attended') = (minutes IS NOT NULL))
);
CREATE INDEX contact_by_episode ON contact (episode_id, held_on);
CREATE INDEX contact_by_family ON contact (family_id, held_on);
CREATE INDEX contact_booked ON contact (practitioner_id, starts_at) WHERE attendance IS NULL;

CREATE TABLE contact_person (
    contact_id uuid NOT NULL REFERENCES contact,
    person_id uuid NOT NULL REFERENCES person,
    PRIMARY KEY (contact_id, person_id)
);
DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON contact_person TO %I', current_database());
END $$;

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

CREATE TABLE task (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    episode_id uuid REFERENCES episode,
    kind text NOT NULL,
    about uuid,
    detail text NOT NULL DEFAULT '',
    raised_at timestamptz NOT NULL,
    due_on date NOT NULL,
    assigned_to uuid REFERENCES colleague,
    answered_at timestamptz,
    answered_by uuid,
    answer text,
    CONSTRAINT task_answer_check CHECK (num_nonnulls(answered_at, answered_by, answer) IN (0, 3))
);
CREATE UNIQUE INDEX task_once ON task (kind, about) WHERE about IS NOT NULL;
CREATE INDEX task_open ON task (due_on) WHERE answered_at IS NULL;
CREATE INDEX task_by_family ON task (family_id);
"""

CREATE_LIAISON = """
CREATE TABLE liaison (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    episode_id uuid NOT NULL REFERENCES episode,
    practitioner_id uuid NOT NULL REFERENCES colleague,
    happened_at timestamptz NOT NULL,
    kind text NOT NULL,
    profession text,
    organisation text NOT NULL DEFAULT '',
    way text NOT NULL,
    about text NOT NULL,
    minutes integer CHECK (minutes BETWEEN 1 AND 720),
    basis text,
    disclosed text NOT NULL DEFAULT '',
    disclosed_to text NOT NULL DEFAULT '',
    disclosure_basis text,
    consent_sought text,
    no_consent_why text NOT NULL DEFAULT '',
    recorded_at timestamptz NOT NULL,
    CONSTRAINT liaison_disclosure_check CHECK ((disclosed = '') = (disclosure_basis IS NULL))
);
CREATE INDEX liaison_by_family ON liaison (family_id, happened_at);

CREATE TABLE risk_note (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    family_id uuid NOT NULL REFERENCES family,
    episode_id uuid NOT NULL REFERENCES episode,
    contact_id uuid REFERENCES contact,
    noted_by uuid NOT NULL,
    noted_at timestamptz NOT NULL,
    concern text NOT NULL,
    action text NOT NULL,
    told text NOT NULL
);
CREATE INDEX risk_note_by_family ON risk_note (family_id, noted_at);
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON liaison, risk_note FROM %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_CONTACT)
    execute_script(CREATE_LIAISON)
