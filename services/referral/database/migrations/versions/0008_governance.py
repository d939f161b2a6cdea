"""Begun as a place in the chain for governance; its owner fills it."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Its tables come with the commands that use them."""
