"""What was agreed with a team or asked of it, who owns it, by when, and what came of it."""

from shared.database.script import execute_script

revision = "0022"
down_revision, oldest_code = "0021", "0021"
branch_labels = None
depends_on = None

ACTION = """
CREATE TABLE action (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    kind text NOT NULL,
    team text NOT NULL,
    indicator integer NOT NULL,
    words text NOT NULL,
    owned_by uuid NOT NULL REFERENCES colleague,
    due_on date NOT NULL,
    agreed_by uuid NOT NULL REFERENCES colleague,
    agreed_at timestamptz NOT NULL,
    closed_at timestamptz,
    closed_by uuid REFERENCES colleague,
    outcome text NOT NULL,
    CONSTRAINT action_closed_check CHECK (num_nonnulls(closed_at, closed_by) IN (0, 2))
);
CREATE INDEX action_open ON action (due_on) WHERE closed_at IS NULL;
CREATE INDEX action_by_team ON action (team);
"""


def upgrade() -> None:
    execute_script(ACTION)
