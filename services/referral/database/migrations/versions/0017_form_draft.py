"""What is typed into a form is kept while it is not stored."""

from shared.database.script import execute_script
from shared.staff.tables import FORM_DRAFT_DDL_1

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    execute_script(FORM_DRAFT_DDL_1)
