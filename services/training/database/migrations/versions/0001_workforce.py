"""The workforce of a place, what is known of their numbers, and what every service of a team has."""

from shared.audit.tables import AUDIT_DDL_2, CREATE_AUDIT_1
from shared.database.script import execute_script
from shared.inbox.tables import CREATE_INBOX_1
from shared.outbox.tables import CREATE_OUTBOX_1
from shared.staff.tables import COLLEAGUE_DDL_1, EARLIER_VERSION_DDL_1, FORM_DRAFT_DDL_1, INTENTION_DDL_1
from shared.web.tables import SESSION_DDL_1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORKFORCE = """
CREATE TABLE organisation (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    sector text NOT NULL,
    closed_on date
);
CREATE UNIQUE INDEX organisation_by_name ON organisation (lower(name)) WHERE closed_on IS NULL;
CREATE TABLE person (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    earlier_names text[] NOT NULL DEFAULT '{}',
    email text NOT NULL DEFAULT '',
    is_shared_email boolean NOT NULL DEFAULT false,
    colleague_id uuid,
    merged_into uuid REFERENCES person,
    erased_on date,
    CONSTRAINT person_merge_check CHECK (merged_into <> id)
);
CREATE UNIQUE INDEX person_by_colleague ON person (colleague_id) WHERE merged_into IS NULL;
CREATE INDEX person_by_name ON person (lower(family_name), lower(given_name), id) WHERE merged_into IS NULL;
CREATE INDEX person_by_email ON person (lower(email)) WHERE email <> '';
CREATE INDEX person_by_merged_into ON person (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE post (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    organisation_id uuid NOT NULL REFERENCES organisation,
    profession text NOT NULL,
    staff_number text NOT NULL DEFAULT '',
    from_on date,
    until_on date,
    CONSTRAINT post_span_check CHECK (from_on < until_on)
);
CREATE INDEX post_by_person ON post (person_id);
CREATE INDEX post_by_organisation ON post (organisation_id, profession) INCLUDE (person_id, from_on, until_on);
CREATE INDEX post_by_staff_number ON post (organisation_id, staff_number) WHERE staff_number <> '';
CREATE TABLE leave (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    person_id uuid NOT NULL REFERENCES person,
    from_on date NOT NULL,
    until_on date,
    CONSTRAINT leave_span_check CHECK (from_on < until_on)
);
CREATE INDEX leave_by_person ON leave (person_id);
CREATE TABLE headcount (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES organisation,
    profession text NOT NULL,
    as_of date NOT NULL,
    people integer NOT NULL CHECK (people BETWEEN 0 AND 100000),
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL
);
CREATE INDEX headcount_newest ON headcount (organisation_id, profession, as_of DESC, entered_at DESC);
CREATE TABLE person_merge (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    retired_id uuid NOT NULL REFERENCES person,
    kept_id uuid NOT NULL REFERENCES person,
    why text NOT NULL,
    moved jsonb NOT NULL,
    merged_by uuid NOT NULL,
    merged_at timestamptz NOT NULL,
    undone_by uuid,
    undone_at timestamptz,
    CONSTRAINT person_merge_undone_check CHECK (num_nonnulls(undone_by, undone_at) IN (0, 2))
);
CREATE UNIQUE INDEX person_merge_once ON person_merge (retired_id) WHERE undone_at IS NULL;
CREATE INDEX person_merge_by_kept ON person_merge (kept_id);
CREATE TABLE workforce_import (
    id uuid PRIMARY KEY,
    version integer NOT NULL,
    content bytea NOT NULL,
    everybody_at uuid REFERENCES organisation,
    as_of date NOT NULL,
    same_people jsonb NOT NULL DEFAULT '{}',
    counts jsonb NOT NULL DEFAULT '{}',
    missing uuid[] NOT NULL DEFAULT '{}',
    sent_by uuid NOT NULL,
    sent_at timestamptz NOT NULL,
    stored_at timestamptz
);
CREATE TABLE champion_activity (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES person,
    kind text NOT NULL,
    done_on date NOT NULL,
    people integer NOT NULL CHECK (people >= 0),
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX champion_activity_by_person ON champion_activity (person_id, done_on DESC);
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
        WORKFORCE,
    ):
        execute_script(script)
