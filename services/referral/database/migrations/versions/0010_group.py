"""Begun as a place in the chain for group; its owner fills it."""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Its tables come with the commands that use them."""
