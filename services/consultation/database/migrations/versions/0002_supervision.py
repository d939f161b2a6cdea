"""Supervision: agreements, leave, sessions, notes, the team's rules, and the months that were told to the region."""

from shared.database.script import execute_script

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SUPERVISION = """
CREATE TABLE supervisee (
    id uuid PRIMARY KEY REFERENCES colleague,
    experience_from date NOT NULL,
    behind_since date
);
CREATE TABLE supervision_agreement (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    supervisee_id uuid NOT NULL REFERENCES supervisee,
    from_on date NOT NULL,
    share numeric(3, 2) NOT NULL CHECK (share > 0 AND share <= 1),
    supervisor_id uuid REFERENCES colleague CHECK (supervisor_id <> supervisee_id),
    manager_id uuid REFERENCES colleague CHECK (manager_id <> supervisee_id),
    last_on date CHECK (last_on >= from_on),
    CONSTRAINT agreement_once_a_day UNIQUE (supervisee_id, from_on)
);
CREATE TABLE supervision_leave (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    supervisee_id uuid NOT NULL REFERENCES supervisee,
    first_on date NOT NULL,
    last_on date CHECK (last_on >= first_on),
    was_withdrawn boolean NOT NULL
);
CREATE INDEX supervision_leave_of ON supervision_leave (supervisee_id);
CREATE TABLE supervision_session (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    kind text NOT NULL,
    starts_at timestamptz NOT NULL,
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 480),
    supervisor_id uuid REFERENCES colleague,
    supervisees uuid[] NOT NULL CHECK (cardinality(supervisees) >= 1),
    left_early jsonb NOT NULL,
    state text NOT NULL,
    cancelled_by text,
    CONSTRAINT supervision_of_others CHECK (supervisor_id <> ALL (supervisees)),
    CONSTRAINT supervision_cancelled_by CHECK ((state = 'cancelled') = (cancelled_by IS NOT NULL))
);
CREATE INDEX supervision_session_by_day ON supervision_session (starts_at);
CREATE INDEX supervision_session_of ON supervision_session USING gin (supervisees);
CREATE TABLE supervision_note (
    id uuid PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES supervision_session,
    supervisee_id uuid NOT NULL,
    supervisor_id uuid,
    words text NOT NULL CHECK (words <> ''),
    version integer NOT NULL CHECK (version > 0),
    UNIQUE (session_id, supervisee_id)
);
CREATE TABLE supervision_rule (
    from_on date PRIMARY KEY,
    new_minutes integer NOT NULL CHECK (new_minutes BETWEEN 0 AND 1200),
    experienced_minutes integer NOT NULL CHECK (experienced_minutes BETWEEN 0 AND 1200),
    group_rule text NOT NULL
);
CREATE TABLE supervision_month (
    month date PRIMARY KEY CHECK (extract(day FROM month) = 1),
    id uuid NOT NULL,
    version integer NOT NULL,
    owed_minutes integer NOT NULL,
    given_minutes integer NOT NULL,
    people integer NOT NULL,
    month_owed integer NOT NULL,
    month_given integer NOT NULL,
    was_revised boolean NOT NULL
);
"""

TASK_ABOUT_ANYTHING = """
ALTER TABLE task DROP CONSTRAINT task_consultation_id_fkey;
ALTER TABLE task RENAME consultation_id TO subject_id;
"""


def upgrade() -> None:
    execute_script(SUPERVISION)
    execute_script(TASK_ABOUT_ANYTHING)
