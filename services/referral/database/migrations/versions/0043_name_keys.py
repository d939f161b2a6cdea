"""Whether two names may be the same is asked by keys that stand beside them, in any script and spelling.

The words by which a name is found are made anew: Latin ones are no longer found by their sound.

No question asks for a telephone number as a whole since a field may hold several: their indexes were for nothing.
"""

from alembic import op

from services.referral.database.name_keys import NAME_KEYS_1
from shared.database.script import execute_script

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None
oldest_code = "0040"

CHANGE = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE person ADD COLUMN known_keys text[], ADD COLUMN asked_keys text[];
ALTER TABLE referral ADD COLUMN known_keys text[], ADD COLUMN asked_keys text[], ADD COLUMN baby_asked_keys text[];
DROP INDEX referral_by_phone;
DROP INDEX person_by_phone;
"""
"""No table can be changed while rows of it, which an earlier step of the same upgrade wrote, wait to be checked."""


def upgrade() -> None:
    keys = [(filling, filling.reckoned(op.get_bind())) for filling in NAME_KEYS_1]
    execute_script(CHANGE)
    for filling, reckoned in keys:
        filling.fill(op.get_bind(), reckoned)
