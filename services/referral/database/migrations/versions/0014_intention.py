"""Which forms were answered, so that one intention is one record."""

from shared.database.script import execute_script
from shared.staff.tables import INTENTION_DDL_1

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(INTENTION_DDL_1)
