"""What a page promised to someone who asked for help, by when."""

from shared.database.script import execute_script

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CREATE_PROMISE = """
CREATE TABLE promise (
    id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    kind text NOT NULL,
    about uuid NOT NULL,
    due_at timestamptz NOT NULL,
    made_at timestamptz NOT NULL,
    UNIQUE (about, kind)
);
CREATE INDEX promise_by_due ON promise (due_at);
"""


def upgrade() -> None:
    execute_script(CREATE_PROMISE)
