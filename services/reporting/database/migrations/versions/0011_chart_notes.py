"""Notes on a month of a figure, steps that begin its limits anew, and what the forms of both need.

What is published tells so, whoever publishes it, and the open pages look again.
"""

from shared.database.script import execute_script
from shared.staff.tables import COLLEAGUE_DDL_1, FORM_DRAFT_DDL_1, INTENTION_DDL_1

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CREATE_CHART_NOTES = """
CREATE TABLE chart_note (
    id uuid PRIMARY KEY,
    indicator integer NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    words text NOT NULL,
    written_by uuid NOT NULL REFERENCES colleague,
    written_at timestamptz NOT NULL
);
CREATE INDEX chart_note_by_figure ON chart_note (indicator, team, month);
CREATE INDEX chart_note_written_at ON chart_note (written_at);

CREATE TABLE recalculation (
    id uuid PRIMARY KEY,
    indicator integer NOT NULL,
    team text NOT NULL,
    holds_from date NOT NULL,
    reason text NOT NULL,
    decided_by uuid NOT NULL REFERENCES colleague,
    decided_at timestamptz NOT NULL,
    UNIQUE (indicator, team, holds_from)
);
CREATE INDEX recalculation_decided_at ON recalculation (decided_at);

CREATE FUNCTION tell_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('published', '');
    RETURN NULL;
END $$;
CREATE TRIGGER published_is_told AFTER INSERT ON published FOR EACH STATEMENT EXECUTE FUNCTION tell_published();

DO $$ BEGIN
    EXECUTE format('REVOKE UPDATE ON chart_note, recalculation FROM %I', current_database());
END $$;
"""


def upgrade() -> None:
    for script in (INTENTION_DDL_1, COLLEAGUE_DDL_1, FORM_DRAFT_DDL_1, CREATE_CHART_NOTES):
        execute_script(script)
