"""No secret stands beside its client any more: older code read it there, and there it never ended."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None
oldest_code = "0038"


def upgrade() -> None:
    op.drop_column("api_client", "secret_hash")
