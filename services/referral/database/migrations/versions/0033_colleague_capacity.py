"""How many families a colleague can carry at the same time, as the team lead says."""

from shared.database.script import execute_script

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

CREATE_CAPACITY = """
CREATE TABLE colleague_capacity (
    colleague_id uuid PRIMARY KEY REFERENCES colleague,
    families integer NOT NULL CHECK (families BETWEEN 0 AND 100),
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL
);
"""


def upgrade() -> None:
    execute_script(CREATE_CAPACITY)
