"""What was told is kept for as long as the settings say; the timer that clears it may delete."""

from shared.database.script import execute_script

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MAY_CLEAR = """
CREATE INDEX delivery_made_at ON delivery (made_at);
CREATE INDEX subscription_run_by_delivery ON subscription_run (delivery) WHERE delivery IS NOT NULL;
CREATE INDEX message_by_delivery ON message (delivery_id) WHERE delivery_id IS NOT NULL;
DO $$ BEGIN
    EXECUTE format('GRANT DELETE ON delivery, delivery_picture, delivery_try, subscription_run, message TO %I',
                   current_database());
END $$;
"""


def upgrade() -> None:
    execute_script(MAY_CLEAR)
