"""What every service has that reads streams and shows pages: the inbox, sessions and the audit trail."""

from shared.audit.tables import CREATE_AUDIT_1
from shared.database.script import execute_script
from shared.inbox.tables import CREATE_EVENT_LOG_1
from shared.web.tables import SESSION_DDL_1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(CREATE_EVENT_LOG_1)
    execute_script(SESSION_DDL_1)
    execute_script(CREATE_AUDIT_1)
