"""No position stands in the outbox any more: older code gave them there."""

from shared.database.script import execute_script
from shared.outbox.tables import POSITIONS_ONLY_BESIDE_1

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None
oldest_code = "0042"


def upgrade() -> None:
    execute_script(POSITIONS_ONLY_BESIDE_1)
