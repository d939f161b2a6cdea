"""A team that has left is known to have; no change of a figure is missed; facts of an older code are known to be.

`figure_change` counts how often the figures of an indicator and financial year have changed. The database does it, in
the transaction that changes them, so it is neither a clock's word nor a writer's: what went is noticed as well.
"""

from services.reporting.contents import SERVICE
from shared.database.script import execute_script
from shared.inbox.projection import digests_of

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

LEFT = """
ALTER TABLE checkpoint DROP CONSTRAINT checkpoint_state_check;
ALTER TABLE checkpoint ADD CONSTRAINT checkpoint_state_check
    CHECK (state IN ('reading', 'parked', 'gap', 'diverged', 'left'));

CREATE VIEW left_team AS
SELECT team, date_trunc('month', max(state_since) AT TIME ZONE 'Europe/London')::date AS month
FROM checkpoint GROUP BY team HAVING bool_and(state = 'left');
DO $$ BEGIN
    EXECUTE format('GRANT SELECT ON left_team TO %I', current_database());
END $$;
"""

FIGURE_CHANGE = """
CREATE TABLE figure_change (
    indicator integer NOT NULL,
    year date NOT NULL,
    number bigint NOT NULL,
    frozen bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (indicator, year)
);
INSERT INTO figure_change (indicator, year, number)
SELECT DISTINCT indicator, (date_trunc('year', month - interval '3 months') + interval '3 months')::date, 1 FROM figure;

CREATE FUNCTION note_figure_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO figure_change AS known (indicator, year, number)
    SELECT DISTINCT indicator, (date_trunc('year', month - interval '3 months') + interval '3 months')::date, 1
    FROM touched ORDER BY 1, 2
    ON CONFLICT (indicator, year) DO UPDATE SET number = known.number + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER added_is_noted AFTER INSERT ON figure
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_figure_change();
CREATE TRIGGER changed_is_noted AFTER UPDATE ON figure
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_figure_change();
CREATE TRIGGER gone_is_noted AFTER DELETE ON figure
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION note_figure_change();

ALTER TABLE gate_passed DROP COLUMN figures_until, ADD COLUMN changes bigint NOT NULL DEFAULT 0;
"""

FACT_MAKER = """
CREATE TABLE fact_maker (
    fact_table text PRIMARY KEY,
    digest text NOT NULL
);
"""
"""By which statements the facts of a table were made. Where there is no event yet, all that come are made by these."""


def upgrade() -> None:
    for script in (LEFT, FIGURE_CHANGE, FACT_MAKER):
        execute_script(script)
    made = ", ".join(f"('{table}', '{digest}')" for table, digest in digests_of(SERVICE.reactions()).items())
    execute_script(
        f"INSERT INTO fact_maker SELECT * FROM (VALUES {made}) AS made (fact_table, digest) "  # noqa: S608
        "WHERE NOT EXISTS (SELECT FROM event_log)"
    )
