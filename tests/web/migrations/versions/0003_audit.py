"""And the audit trail."""

from shared.audit.tables import AUDIT_DDL_2, CREATE_AUDIT_1
from shared.database.script import execute_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(CREATE_AUDIT_1)
    execute_script(AUDIT_DDL_2)
