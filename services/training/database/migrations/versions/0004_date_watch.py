"""Addresses that want to hear of new dates."""

from shared.database.script import execute_script

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

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
    execute_script(DATE_WATCH)
