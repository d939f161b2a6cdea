"""What every service has that publishes and shows pages: the outbox, the audit trail and sessions."""

from alembic import op

from shared.audit.tables import CREATE_AUDIT_1
from shared.outbox.tables import CREATE_OUTBOX_1
from shared.web.tables import SESSION_DDL_1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(CREATE_OUTBOX_1)
    op.execute(CREATE_AUDIT_1)
    op.execute(SESSION_DDL_1)
