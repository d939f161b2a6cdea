"""What each reader has of the region is kept of their last sign-in; what was told, and ran, says of what remit it is.

Subscriptions that are there were made by who leads the region. What a lead of some localities is told outside is of
theirs alone.
"""

from shared.database.script import execute_script

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

REMIT = """
ALTER TABLE locality_lead RENAME TO reader;
ALTER TABLE reader ALTER COLUMN localities DROP NOT NULL,
                   ADD COLUMN audience text NOT NULL DEFAULT 'inside';
ALTER TABLE subscription ADD COLUMN audience text NOT NULL DEFAULT 'inside',
                         ADD COLUMN localities text[];
ALTER TABLE delivery ADD COLUMN localities text[];
ALTER TABLE subscription_run ADD COLUMN audience text NOT NULL DEFAULT 'inside',
                             ADD COLUMN localities text[];
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
