"""In which other team's area an organisation is, so that the region counts who comes from there where they work."""

from shared.database.script import execute_script

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script("ALTER TABLE organisation ADD COLUMN home_team text;")
