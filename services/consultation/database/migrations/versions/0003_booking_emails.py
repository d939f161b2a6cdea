"""Who books a place is written to, and can give it up by a link."""

from shared.database.script import execute_script
from shared.staff.tables import create_message_1

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BOOKING = """
ALTER TABLE meeting_booking
    ADD COLUMN email text NOT NULL DEFAULT '',
    ADD COLUMN secret text NOT NULL DEFAULT '',
    ADD COLUMN given_up_at timestamptz;
CREATE UNIQUE INDEX meeting_booking_by_secret ON meeting_booking (secret) WHERE secret <> '';
"""


def upgrade() -> None:
    execute_script(BOOKING)
    execute_script(create_message_1("booking_id uuid"))
