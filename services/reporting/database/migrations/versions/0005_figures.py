"""Figures, made of facts, and what of them is published.

A figure may be deleted, because it is made anew. Of what was published nothing changes and nothing goes: the
application may only add.
"""

from shared.database.script import execute_script

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CREATE_FIGURES = """
CREATE TABLE figure (
    indicator integer NOT NULL,
    version integer NOT NULL,
    team text NOT NULL,
    month date NOT NULL,
    way text NOT NULL,
    part text NOT NULL,
    numerator bigint NOT NULL,
    denominator bigint,
    median numeric,
    ninetieth numeric,
    reckoned_at timestamptz NOT NULL,
    PRIMARY KEY (indicator, version, team, month, way, part)
);
CREATE INDEX figure_by_month ON figure (team, month);

CREATE TABLE dirty_month (
    team text NOT NULL,
    month date NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (team, month)
);

CREATE TABLE snapshot (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    month date NOT NULL,
    made_at timestamptz NOT NULL,
    released_by uuid,
    cause text NOT NULL,
    is_frozen boolean NOT NULL,
    digest text NOT NULL
);
CREATE INDEX snapshot_by_month ON snapshot (month, id);

CREATE TABLE published (
    snapshot bigint NOT NULL REFERENCES snapshot ON DELETE CASCADE,
    audience text NOT NULL,
    indicator integer NOT NULL,
    version integer NOT NULL,
    team text NOT NULL,
    period text NOT NULL,
    starts date NOT NULL,
    way text NOT NULL,
    part text NOT NULL,
    numerator bigint,
    denominator bigint,
    median numeric,
    ninetieth numeric,
    why_hidden text,
    is_finished boolean NOT NULL,
    PRIMARY KEY (snapshot, audience, indicator, version, team, period, starts, way, part)
);

CREATE FUNCTION keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.is_frozen THEN
        RAISE EXCEPTION 'a frozen snapshot stays as it is';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER snapshot_stays BEFORE UPDATE OR DELETE ON snapshot FOR EACH ROW EXECUTE FUNCTION keep_frozen();

DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON figure, dirty_month, snapshot TO %I', current_database());
    EXECUTE format('REVOKE UPDATE ON published, snapshot FROM %I', current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(CREATE_FIGURES)
