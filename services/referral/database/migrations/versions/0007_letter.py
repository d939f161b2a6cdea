"""Begun as a place in the chain for letter; its owner fills it."""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Its tables come with the commands that use them."""
