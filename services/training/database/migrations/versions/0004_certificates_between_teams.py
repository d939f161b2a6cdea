"""Certificates are signed, other teams hear of them, what another team taught counts here; who was erased, and why."""

from shared.database.script import execute_script
from shared.outbox.tables import OUTBOX_NETWORK_1

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CERTIFICATES = """
ALTER TABLE completion
    ALTER COLUMN cohort_id DROP NOT NULL,
    ALTER COLUMN booking_id DROP NOT NULL,
    ADD COLUMN delivered_by text,
    ADD COLUMN digest uuid,
    ADD COLUMN told_to uuid,
    ADD CONSTRAINT completion_delivered_check CHECK (
        (delivered_by IS NULL) = (cohort_id IS NOT NULL)
        AND (delivered_by IS NULL) = (booking_id IS NOT NULL)
        AND (delivered_by IS NULL) = (digest IS NULL)
    );
CREATE UNIQUE INDEX completion_by_digest ON completion (delivered_by, digest) WHERE digest IS NOT NULL;
ALTER TABLE certificate ADD COLUMN signed text NOT NULL DEFAULT '';
ALTER TABLE person
    ADD COLUMN erased_by uuid,
    ADD COLUMN erased_why text,
    ADD CONSTRAINT person_erased_check CHECK ((erased_on IS NULL) = (erased_by IS NULL AND erased_why IS NULL));
CREATE TABLE team_key (
    team text NOT NULL,
    public_key bytea NOT NULL CHECK (length(public_key) = 32),
    known_since timestamptz NOT NULL,
    PRIMARY KEY (team, public_key)
);
CREATE TABLE heard_certificate (
    team text NOT NULL,
    digest uuid NOT NULL,
    course text,
    course_version integer,
    level smallint,
    held_from date,
    until_on date,
    withdrawn_on date,
    replaced_on date,
    PRIMARY KEY (team, digest)
);
CREATE INDEX heard_certificate_by_digest ON heard_certificate (digest);
"""


def upgrade() -> None:
    execute_script(OUTBOX_NETWORK_1)
    execute_script(CERTIFICATES)
