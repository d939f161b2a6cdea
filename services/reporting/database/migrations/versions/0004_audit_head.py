"""Where each team's audit trail was heard to end."""

from shared.database.script import execute_script
from shared.inbox.tables import AUDIT_HEAD_DDL_1

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(AUDIT_HEAD_DDL_1)
