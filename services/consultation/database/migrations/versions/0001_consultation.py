"""Consultations, organisations that ask, the team's families by reference, and what every service of a team has."""

from shared.audit.tables import AUDIT_DDL_2, CREATE_AUDIT_1
from shared.database.script import execute_script
from shared.inbox.tables import CREATE_INBOX_1
from shared.outbox.tables import CREATE_OUTBOX_1
from shared.staff.tables import (
    COLLEAGUE_DDL_1,
    EARLIER_VERSION_DDL_1,
    FORM_DRAFT_DDL_1,
    INTENTION_DDL_1,
    create_task_1,
)
from shared.web.tables import SESSION_DDL_1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CONSULTATION = """
CREATE TABLE family (
    id uuid PRIMARY KEY,
    merged_into uuid,
    record_id uuid,
    recorded_on date,
    reference_year integer,
    reference_number integer
);
CREATE INDEX family_by_reference ON family (reference_number, reference_year);
CREATE TABLE family_consent (
    family_id uuid NOT NULL,
    scope text NOT NULL,
    agrees boolean NOT NULL,
    PRIMARY KEY (family_id, scope)
);
CREATE TABLE organisation (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    sector text NOT NULL,
    closed_on date
);
CREATE UNIQUE INDEX organisation_by_name ON organisation (lower(name)) WHERE closed_on IS NULL;
CREATE TABLE consultation (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    held_on date NOT NULL,
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 600),
    mode text NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisation,
    profession text NOT NULL,
    tier text,
    name text NOT NULL,
    people integer NOT NULL CHECK (people >= 1),
    kind text NOT NULL,
    family_id uuid,
    family_knows text,
    age_band text,
    words text NOT NULL,
    topics text[] NOT NULL,
    they_will text NOT NULL,
    we_will text NOT NULL,
    outcome text NOT NULL,
    follow_up_on date,
    consultant_id uuid NOT NULL,
    logged_at timestamptz NOT NULL,
    identified_why text NOT NULL,
    withdrawn_why text NOT NULL,
    referral_wanted_at timestamptz
);
CREATE TABLE referral (
    consultation_id uuid PRIMARY KEY,
    id uuid NOT NULL,
    reference_year integer NOT NULL,
    reference_number integer NOT NULL
);
CREATE TABLE evaluation (
    consultation_id uuid PRIMARY KEY REFERENCES consultation,
    token_hash text NOT NULL UNIQUE,
    asked_by uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    answered_at timestamptz,
    useful integer CHECK (useful BETWEEN 0 AND 10),
    before integer CHECK (before BETWEEN 0 AND 10),
    now integer CHECK (now BETWEEN 0 AND 10)
);
CREATE TABLE meeting (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    kind text NOT NULL,
    organisation_id uuid NOT NULL REFERENCES organisation,
    topic text NOT NULL,
    starts_at timestamptz NOT NULL,
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 480),
    place text NOT NULL,
    places integer NOT NULL CHECK (places BETWEEN 1 AND 100),
    led_by uuid NOT NULL,
    cancelled_at timestamptz
);
CREATE INDEX meeting_by_time ON meeting (starts_at);
CREATE TABLE meeting_booking (
    id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL REFERENCES meeting,
    name text NOT NULL,
    profession text NOT NULL,
    organisation text NOT NULL,
    booked_at timestamptz NOT NULL,
    is_walk_in boolean NOT NULL,
    came boolean,
    marked_at timestamptz
);
CREATE INDEX meeting_booking_by_meeting ON meeting_booking (meeting_id);
CREATE INDEX consultation_by_day ON consultation (held_on DESC, id);
CREATE INDEX consultation_by_organisation ON consultation (organisation_id, held_on DESC);
CREATE INDEX consultation_by_family ON consultation (family_id) WHERE family_id IS NOT NULL;
"""


def upgrade() -> None:
    for script in (
        CREATE_OUTBOX_1,
        CREATE_AUDIT_1,
        AUDIT_DDL_2,
        SESSION_DDL_1,
        INTENTION_DDL_1,
        COLLEAGUE_DDL_1,
        EARLIER_VERSION_DDL_1,
        FORM_DRAFT_DDL_1,
        CREATE_INBOX_1,
        CONSULTATION,
        create_task_1("consultation_id uuid NOT NULL REFERENCES consultation"),
    ):
        execute_script(script)
