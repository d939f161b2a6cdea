"""No secret stands beside its client any more: older code read it there, and there it never ended."""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None
oldest_code = "0040"


def upgrade() -> None:
    op.drop_column("api_client", "secret_hash")
