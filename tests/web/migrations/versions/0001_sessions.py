"""Sessions only."""

from shared.database.script import execute_script
from shared.web.tables import SESSION_DDL_1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(SESSION_DDL_1)
