"""Who signed in with which account, and what their session knows of it."""

from shared.database.script import execute_script
from shared.web.tables import SESSION_DDL_2

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
oldest_code = "0010"


def upgrade() -> None:
    execute_script(SESSION_DDL_2)
