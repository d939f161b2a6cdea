"""What goes on is published anew by indicator; what is frozen neither changes, nor goes, nor grows.

A snapshot is frozen when all its cells are there, in the transaction that made it; from then on the database itself
refuses to change its row, to take cells away and to add any.
"""

from shared.database.script import execute_script

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEEP_CELLS = """
CREATE FUNCTION keep_frozen_cells() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed JOIN snapshot ON snapshot.id = changed.snapshot WHERE snapshot.is_frozen) THEN
        RAISE EXCEPTION 'a frozen snapshot stays as it is';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cells_stay AFTER DELETE ON published
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_frozen_cells();
CREATE TRIGGER cells_are_all AFTER INSERT ON published
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_frozen_cells();

CREATE INDEX published_by_cell ON published (audience, indicator, way, team, starts);
CREATE INDEX figure_by_reckoning ON figure (indicator, reckoned_at);

DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON published TO %I', current_database());
    EXECUTE format('GRANT UPDATE (month, made_at, is_frozen, digest) ON snapshot TO %I', current_database());
END $$;
"""
"""Deleting the rows of an unfrozen snapshot is how it is replaced; the triggers keep that away from what is frozen."""

NOT_READY = """
CREATE TABLE not_ready (
    team text NOT NULL,
    month date NOT NULL,
    why text NOT NULL,
    said_by uuid NOT NULL,
    said_at timestamptz NOT NULL,
    ready_by uuid,
    ready_at timestamptz,
    PRIMARY KEY (team, month)
);

CREATE TABLE gate_passed (
    indicator integer PRIMARY KEY,
    figures_until timestamptz NOT NULL,
    on_day date NOT NULL
);
"""


def upgrade() -> None:
    execute_script(KEEP_CELLS)
    execute_script(NOT_READY)
