"""A subscription pauses itself when whoever made it has not signed in for a long time."""

from shared.database.script import execute_script

revision = "0025"
down_revision, oldest_code = "0024", "0021"
branch_labels = None
depends_on = None

ASLEEP = """
ALTER TABLE subscription ADD COLUMN asleep_since timestamptz;
"""


def upgrade() -> None:
    execute_script(ASLEEP)
