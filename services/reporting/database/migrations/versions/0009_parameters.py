"""What the region knows of a team’s area from elsewhere: births, need, demand, posts. An entry is never changed."""

from shared.database.script import execute_script

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CREATE_PARAMETERS = """
CREATE TABLE parameter_entered (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL UNIQUE,
    team text NOT NULL,
    name text NOT NULL,
    month date NOT NULL,
    value integer NOT NULL,
    source text NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL
);
CREATE INDEX parameter_entered_by_team ON parameter_entered (team, month);

DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON parameter_entered FROM %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_PARAMETERS)
