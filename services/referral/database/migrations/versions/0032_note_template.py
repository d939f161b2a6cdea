"""What the notes of sessions may begin with, in the team's own words; each version is kept."""

from shared.database.script import execute_script

revision = "0032"
down_revision = "0020"
branch_labels = None
depends_on = None

CREATE_NOTE_TEMPLATE = """
CREATE TABLE note_template (
    name text NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    text text NOT NULL,
    edited_by uuid NOT NULL,
    edited_at timestamptz NOT NULL,
    PRIMARY KEY (name, number)
);
DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON note_template FROM %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_NOTE_TEMPLATE)
