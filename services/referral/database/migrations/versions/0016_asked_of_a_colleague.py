"""A task can be what someone asks of a colleague who may do it: who asks, and the page where it is done."""

from shared.database.script import execute_script

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ADD_ASKED = """
ALTER TABLE task
    ADD COLUMN asked_by uuid,
    ADD COLUMN asked_for text,
    ADD CONSTRAINT task_asked_check CHECK (num_nonnulls(asked_by, asked_for) IN (0, 2));
"""


def upgrade() -> None:
    execute_script(ADD_ASKED)
