"""Who signed in with which account, and what their session knows of it."""

from shared.database.script import execute_script
from shared.web.tables import SESSION_DDL_2

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
oldest_code = "0004"


def upgrade() -> None:
    execute_script(SESSION_DDL_2)
