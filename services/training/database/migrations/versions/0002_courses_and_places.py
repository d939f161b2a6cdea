"""Cohorts, places, registers, answers, completions with their certificates, and emails."""

from shared.database.script import execute_script
from shared.staff.tables import create_message_1

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COURSES = """
CREATE TABLE cohort (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    course text NOT NULL,
    course_version integer NOT NULL,
    venue text NOT NULL,
    is_online boolean NOT NULL,
    capacity integer NOT NULL CHECK (capacity BETWEEN 1 AND 500),
    filling text NOT NULL,
    trainer_id uuid NOT NULL,
    co_trainer text NOT NULL,
    reserved_places integer NOT NULL CHECK (reserved_places >= 0),
    reserved_for uuid REFERENCES organisation,
    reserved_until date,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    called_off_at timestamptz
);
CREATE INDEX cohort_by_course ON cohort (course, ends_on);
CREATE INDEX cohort_by_start ON cohort (starts_on, id);
CREATE TABLE cohort_day (
    cohort_id uuid NOT NULL REFERENCES cohort,
    number smallint NOT NULL CHECK (number >= 1),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 720),
    sequence integer NOT NULL,
    closed_at timestamptz,
    PRIMARY KEY (cohort_id, number)
);
CREATE INDEX cohort_day_open ON cohort_day (ends_at) WHERE closed_at IS NULL;
CREATE TABLE booking (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    cohort_id uuid NOT NULL REFERENCES cohort,
    person_id uuid NOT NULL REFERENCES person,
    organisation_id uuid REFERENCES organisation,
    sector text NOT NULL,
    profession text NOT NULL,
    state text NOT NULL,
    line integer NOT NULL,
    asked_at timestamptz NOT NULL,
    secret text NOT NULL UNIQUE,
    phone text NOT NULL,
    offered_until timestamptz,
    ended_at timestamptz,
    how text,
    needs text NOT NULL,
    why_moved_up text NOT NULL,
    is_walk_in boolean NOT NULL,
    CHECK ((state = 'ended') = (ended_at IS NOT NULL AND how IS NOT NULL)),
    CHECK ((state = 'offered') = (offered_until IS NOT NULL))
);
CREATE UNIQUE INDEX booking_once ON booking (cohort_id, person_id) WHERE state <> 'ended';
CREATE INDEX booking_by_person ON booking (person_id);
CREATE INDEX booking_offered ON booking (offered_until) WHERE state = 'offered';
CREATE TABLE attendance (
    booking_id uuid NOT NULL REFERENCES booking,
    day smallint NOT NULL,
    is_here boolean,
    late_minutes integer NOT NULL CHECK (late_minutes >= 0),
    early_minutes integer NOT NULL CHECK (early_minutes >= 0),
    marked_at timestamptz NOT NULL,
    marked_by uuid NOT NULL,
    PRIMARY KEY (booking_id, day)
);
CREATE TABLE confidence_answer (
    booking_id uuid NOT NULL REFERENCES booking,
    moment text NOT NULL,
    points smallint[] NOT NULL,
    words text NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (booking_id, moment)
);
CREATE TABLE completion (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    course text NOT NULL,
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 3),
    course_version integer NOT NULL,
    cohort_id uuid NOT NULL REFERENCES cohort,
    booking_id uuid NOT NULL REFERENCES booking,
    sector text NOT NULL,
    profession text NOT NULL,
    attended_minutes integer NOT NULL,
    length_minutes integer NOT NULL,
    held_from date NOT NULL,
    until_on date CHECK (until_on > held_from),
    completed_at timestamptz NOT NULL,
    waived_by uuid,
    waived_why text NOT NULL,
    expired_told_at timestamptz,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_why text NOT NULL
);
CREATE UNIQUE INDEX completion_once ON completion (person_id, course, held_from) WHERE withdrawn_at IS NULL;
CREATE INDEX completion_by_course ON completion (course, until_on) WHERE withdrawn_at IS NULL;
CREATE INDEX completion_to_expire ON completion (until_on)
    WHERE withdrawn_at IS NULL AND expired_told_at IS NULL AND until_on IS NOT NULL;
CREATE TABLE certificate (
    code text PRIMARY KEY,
    completion_id uuid NOT NULL REFERENCES completion,
    family_name text NOT NULL,
    printed text[] NOT NULL,
    issued_at timestamptz NOT NULL,
    withdrawn_on date,
    replaced_by text
);
CREATE INDEX certificate_by_completion ON certificate (completion_id);
"""


def upgrade() -> None:
    execute_script(COURSES)
    execute_script(create_message_1("booking_id uuid REFERENCES booking"))
