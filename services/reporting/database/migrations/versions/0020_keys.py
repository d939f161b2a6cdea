"""No key of a subscription is kept any more: it is reckoned from a key of the service and from a number.

What was kept is worth nothing from here on, and none is given by itself: whoever leads the region makes a new key on
each page that has one. What a webhook is to be told waits for it.
"""

from shared.database.script import execute_script

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEYS = """
ALTER TABLE subscription DROP COLUMN secret, DROP COLUMN earlier_secret,
                         ADD COLUMN key_number integer NOT NULL DEFAULT 0 CHECK (key_number >= 0),
                         ADD COLUMN earlier_number integer NOT NULL DEFAULT 0,
                         ADD COLUMN keyed_at timestamptz,
                         ADD COLUMN keyed_by uuid;
UPDATE subscription SET earlier_until = NULL;
"""


def upgrade() -> None:
    execute_script(KEYS)
