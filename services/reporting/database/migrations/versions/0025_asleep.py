"""A subscription pauses itself when whoever made it has not signed in for a long time.

When somebody signed in before it is kept (0019) nobody knows: of them the time is counted from this upgrade on.
"""

from shared.database.script import execute_script

revision = "0025"
down_revision, oldest_code = "0024", "0021"
branch_labels = None
depends_on = None

ASLEEP = """
ALTER TABLE subscription ADD COLUMN asleep_since timestamptz,
                         ADD COLUMN counted_from timestamptz NOT NULL DEFAULT now();
"""


def upgrade() -> None:
    execute_script(ASLEEP)
