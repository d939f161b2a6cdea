"""Positions of the outbox also stand beside it, so that giving one need not copy the row."""

from shared.database.script import execute_script
from shared.outbox.tables import POSITIONS_BESIDE_1

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
oldest_code = "0003"


def upgrade() -> None:
    execute_script(POSITIONS_BESIDE_1)
