"""And the accounts."""

from shared.database.script import execute_script
from shared.web.tables import SESSION_DDL_2

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(SESSION_DDL_2)
