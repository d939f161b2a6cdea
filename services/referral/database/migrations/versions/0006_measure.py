"""Begun as a place in the chain for measure; its owner fills it."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Its tables come with the commands that use them."""
