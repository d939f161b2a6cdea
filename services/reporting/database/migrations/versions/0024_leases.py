"""Which replica reads which team. Code from before reads all teams whatever they say, and stores nothing twice."""

from shared.database.script import execute_script
from shared.inbox.tables import LEASE_DDL_1

revision = "0024"
down_revision, oldest_code = "0023", "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(LEASE_DDL_1)
