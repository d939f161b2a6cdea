"""People are found, and known again, by an index: the words of their names, and what whole names are compared by."""

from alembic import op

from services.training.database.person_names import PERSON_NAMES_1
from shared.database.script import execute_script

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None
oldest_code = "0006"

COLUMNS = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE person ADD COLUMN name_words text[], ADD COLUMN known_keys text[];
"""
"""No table can be changed while rows of it, which an earlier step of the same upgrade wrote, wait to be checked."""
INDEXES = """
CREATE INDEX person_by_name_words ON person USING gin (array_to_tsvector(name_words));
CREATE INDEX person_by_known_keys ON person USING gin (known_keys);
"""


def upgrade() -> None:
    reckoned = PERSON_NAMES_1.reckoned(op.get_bind())
    execute_script(COLUMNS)
    PERSON_NAMES_1.fill(op.get_bind(), reckoned)
    execute_script(INDEXES)
