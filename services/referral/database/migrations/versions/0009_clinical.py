"""Begun as a place in the chain for clinical; its owner fills it."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Its tables come with the commands that use them."""
