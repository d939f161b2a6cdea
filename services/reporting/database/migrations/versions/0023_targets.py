"""What the region aims at, from which month on, and who said so: none is known by the software."""

from shared.database.script import execute_script

revision = "0023"
down_revision, oldest_code = "0022", "0021"
branch_labels = None
depends_on = None

TARGET = """
CREATE TABLE target_set (
    id uuid PRIMARY KEY,
    indicator integer NOT NULL,
    holds_from date NOT NULL,
    value numeric NOT NULL CHECK (value >= 0),
    source text NOT NULL,
    set_by uuid NOT NULL REFERENCES colleague,
    set_at timestamptz NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by uuid REFERENCES colleague,
    CONSTRAINT target_withdrawn_check CHECK (num_nonnulls(withdrawn_at, withdrawn_by) IN (0, 2))
);
CREATE INDEX target_by_indicator ON target_set (indicator, holds_from);
"""


def upgrade() -> None:
    execute_script(TARGET)
