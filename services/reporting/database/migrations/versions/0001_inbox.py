"""What every service has that reads streams and shows pages: the inbox, sessions and the audit trail."""

from alembic import op

from shared.audit.tables import CREATE_AUDIT_1
from shared.inbox.tables import CREATE_INBOX_1
from shared.web.tables import SESSION_DDL_1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(CREATE_INBOX_1)
    op.execute(SESSION_DDL_1)
    op.execute(CREATE_AUDIT_1)
