"""Supervised cases and the accreditations that they lead to, tasks, and addresses that want to hear of new dates."""

from shared.database.script import execute_script
from shared.staff.tables import create_task_1

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ACCREDITATION = """
CREATE TABLE accreditation (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    course text NOT NULL,
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
    sector text NOT NULL,
    profession text NOT NULL,
    from_on date NOT NULL,
    until_on date CHECK (until_on > from_on),
    granted_at timestamptz NOT NULL,
    granted_by uuid NOT NULL,
    expired_told_at timestamptz,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_why text NOT NULL,
    told_to uuid
);
CREATE UNIQUE INDEX accreditation_once ON accreditation (person_id, course, from_on) WHERE withdrawn_at IS NULL;
CREATE INDEX accreditation_to_expire ON accreditation (until_on)
    WHERE withdrawn_at IS NULL AND expired_told_at IS NULL AND until_on IS NOT NULL;
CREATE TABLE supervised_case (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    course text NOT NULL,
    number smallint NOT NULL CHECK (number >= 1),
    from_on date NOT NULL,
    last_on date NOT NULL CHECK (last_on >= from_on),
    supervisor_id uuid NOT NULL,
    state text NOT NULL,
    recorded_by uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    came_back_why text,
    answered_at timestamptz,
    answered_by uuid,
    counted_by uuid REFERENCES accreditation,
    CHECK ((state = 'came_back') = (came_back_why IS NOT NULL)),
    CHECK (state <> 'signed' OR num_nonnulls(answered_at, answered_by) = 2)
);
CREATE INDEX supervised_case_by_person ON supervised_case (person_id, course);
CREATE INDEX supervised_case_asked ON supervised_case (supervisor_id) WHERE state = 'asked';
"""

DATE_WATCH = """
CREATE TABLE date_watch (
    id uuid PRIMARY KEY,
    course text NOT NULL,
    email text NOT NULL,
    secret text NOT NULL UNIQUE,
    known uuid[] NOT NULL,
    asked_at timestamptz NOT NULL,
    ended_at timestamptz,
    is_stopped boolean NOT NULL,
    CHECK ((ended_at IS NULL) = (email <> ''))
);
CREATE UNIQUE INDEX date_watch_once ON date_watch (course, lower(email)) WHERE ended_at IS NULL;
"""


def upgrade() -> None:
    execute_script(ACCREDITATION)
    execute_script(DATE_WATCH)
    execute_script(create_task_1("subject_id uuid NOT NULL,\n    page text NOT NULL"))
