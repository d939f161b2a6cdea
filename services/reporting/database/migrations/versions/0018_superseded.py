"""A figure of the region that was revised to one of too few teams is no longer told to leads of some localities.

They may not see the revision; so they would go on taking what it supersedes for the latest.
"""

from shared.database.script import execute_script

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None
oldest_code = "0017"

SUPERSEDED = """
CREATE FUNCTION is_superseded_by_fewer(cell published, needs integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM published newer JOIN snapshot ON snapshot.id = newer.snapshot
        WHERE newer.audience = cell.audience AND newer.indicator = cell.indicator AND newer.way = cell.way
          AND newer.team = cell.team AND newer.starts = cell.starts AND newer.version = cell.version
          AND newer.period = cell.period AND newer.part = cell.part
          AND newer.teams < needs AND snapshot.is_frozen
          AND (newer.snapshot > cell.snapshot
               OR NOT (SELECT is_frozen FROM snapshot own WHERE own.id = cell.snapshot))
    )
$$;

ALTER POLICY reach ON published USING (
    CASE coalesce(current_setting('pairs.reach', true), '')
    WHEN '' THEN true
    WHEN 'outside' THEN audience = 'outside'
    WHEN 'localities' THEN team = ANY (string_to_array(current_setting('pairs.localities', true), ' '))
        OR (team = '' AND teams >= current_setting('pairs.region_needs', true)::integer
            AND NOT is_superseded_by_fewer(published, current_setting('pairs.region_needs', true)::integer))
    ELSE false
    END
);
"""
"""With the owner's rights, of whom no policy is asked: a policy that reads its own table would never end."""


def upgrade() -> None:
    execute_script(SUPERSEDED)
