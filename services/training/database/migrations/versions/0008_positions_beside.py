"""Positions of the outbox also stand beside it, so that giving one need not copy the row."""

from shared.database.script import execute_script
from shared.outbox.tables import POSITIONS_BESIDE_1

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
oldest_code = "0006"


def upgrade() -> None:
    execute_script(POSITIONS_BESIDE_1)
