"""Groups: who takes part, and the sessions of each; what happened to each family is a contact of its own."""

from shared.database.script import execute_script

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CREATE_GROUP = """
CREATE TABLE care_group (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    name text NOT NULL,
    intervention text NOT NULL,
    practitioner_id uuid NOT NULL REFERENCES colleague,
    venue text NOT NULL,
    capacity integer NOT NULL CHECK (capacity BETWEEN 1 AND 100),
    starts_on date NOT NULL,
    ended_on date CHECK (ended_on >= starts_on)
);

CREATE TABLE group_place (
    id uuid PRIMARY KEY,
    group_id uuid NOT NULL REFERENCES care_group,
    family_id uuid NOT NULL REFERENCES family,
    episode_id uuid NOT NULL REFERENCES episode,
    dyad_id uuid NOT NULL REFERENCES dyad,
    joined_on date NOT NULL,
    left_on date CHECK (left_on >= joined_on)
);
CREATE UNIQUE INDEX group_place_once ON group_place (group_id, dyad_id) WHERE left_on IS NULL;
CREATE INDEX group_place_by_family ON group_place (family_id);

CREATE TABLE group_session (
    id uuid PRIMARY KEY,
    group_id uuid NOT NULL REFERENCES care_group,
    held_on date NOT NULL,
    practitioner_id uuid NOT NULL REFERENCES colleague,
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 720),
    topic text NOT NULL DEFAULT '',
    recorded_at timestamptz NOT NULL
);
CREATE INDEX group_session_by_group ON group_session (group_id, held_on);

ALTER TABLE contact ADD FOREIGN KEY (group_session_id) REFERENCES group_session;
CREATE INDEX contact_by_group_session ON contact (group_session_id) WHERE group_session_id IS NOT NULL;
"""


def upgrade() -> None:
    execute_script(CREATE_GROUP)
