"""A subscription has the remit of whoever made it; what a lead of some localities is told outside is of theirs alone.

Those that are there were made by who leads the region.
"""

from shared.database.script import execute_script

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

REMIT = """
ALTER TABLE subscription ADD COLUMN audience text NOT NULL DEFAULT 'inside',
                         ADD COLUMN localities text[],
                         ADD COLUMN begins_anew boolean NOT NULL DEFAULT false,
                         ADD COLUMN narrowed_at timestamptz;
CREATE INDEX subscription_owned_by ON subscription (owned_by);
"""

TOLD_OUTSIDE = """
ALTER POLICY reach ON published USING (
    CASE coalesce(current_setting('pairs.reach', true), '')
    WHEN '' THEN true
    WHEN 'outside' THEN audience = 'outside'
    ELSE current_setting('pairs.reach', true) IN ('localities', 'localities_outside')
        AND (audience = 'outside' OR current_setting('pairs.reach', true) = 'localities')
        AND (team = ANY (string_to_array(current_setting('pairs.localities', true), ' '))
             OR (team = '' AND teams >= current_setting('pairs.region_needs', true)::integer
                 AND NOT is_superseded_by_fewer(published, current_setting('pairs.region_needs', true)::integer)))
    END
);
"""


def upgrade() -> None:
    execute_script(REMIT)
    execute_script(TOLD_OUTSIDE)
