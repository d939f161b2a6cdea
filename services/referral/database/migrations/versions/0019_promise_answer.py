"""A promise is answered, or a named colleague's; that it is overdue is noticed once."""

from shared.database.script import execute_script

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

ADD_ANSWER = """
ALTER TABLE promise
    ADD COLUMN assigned_to uuid,
    ADD COLUMN noticed_at timestamptz,
    ADD COLUMN answered_at timestamptz,
    ADD COLUMN answered_by uuid,
    ADD COLUMN spoken_with text NOT NULL DEFAULT '',
    ADD COLUMN answer text NOT NULL DEFAULT '',
    ADD CONSTRAINT promise_answer_check CHECK (num_nonnulls(answered_at, answered_by) IN (0, 2));
CREATE INDEX promise_open ON promise (due_at) WHERE answered_at IS NULL;
"""


def upgrade() -> None:
    execute_script(ADD_ANSWER)
