"""Who sees which part of the region is kept by the database as well, for the session that reads.

A session says for whom it reads (`pairs.reach`): nothing for what works by itself and for whoever leads the region;
`localities` for a lead of some, with `pairs.localities` and `pairs.region_needs`; `outside` for a commissioner.
"""

from shared.database.script import execute_script

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LOCALITY_LEAD = """
CREATE TABLE locality_lead (
    actor_id uuid PRIMARY KEY,
    localities text[] NOT NULL,
    signed_in_at timestamptz NOT NULL
);
"""

REACH = """
ALTER TABLE published ADD COLUMN teams integer;

ALTER TABLE published ENABLE ROW LEVEL SECURITY;
CREATE POLICY reach ON published USING (
    CASE coalesce(current_setting('pairs.reach', true), '')
    WHEN '' THEN true
    WHEN 'outside' THEN audience = 'outside'
    WHEN 'localities' THEN team = ANY (string_to_array(current_setting('pairs.localities', true), ' '))
        OR (team = '' AND teams >= current_setting('pairs.region_needs', true)::integer)
    ELSE false
    END
) WITH CHECK (coalesce(current_setting('pairs.reach', true), '') = '');
"""
"""Of the owner of the table and of a superuser no policy is asked; the application is neither."""


def upgrade() -> None:
    execute_script(LOCALITY_LEAD)
    execute_script(REACH)
