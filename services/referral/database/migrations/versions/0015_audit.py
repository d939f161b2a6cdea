"""An entry of the audit trail has the database's own time and role, and the trail is checked a piece at a time."""

from shared.audit.tables import AUDIT_DDL_2
from shared.database.script import execute_script

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(AUDIT_DDL_2)
