"""Trainings of colleagues, as the training service tells of them."""

from shared.database.script import execute_script

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

CREATE_TOLD_TRAINING = """
CREATE TABLE told_training (
    completion_id uuid PRIMARY KEY,
    colleague_id uuid NOT NULL,
    course text NOT NULL,
    held_from date NOT NULL,
    until_on date,
    is_withdrawn boolean NOT NULL
);
CREATE INDEX told_training_by_colleague ON told_training (colleague_id);
"""


def upgrade() -> None:
    execute_script(CREATE_TOLD_TRAINING)
