"""No position stands in the outbox any more, where older code gave them, nor a name without keys, as it left them."""

from alembic import op

from services.referral.database.name_keys import NAME_KEYS_1
from shared.database.script import execute_script
from shared.outbox.tables import POSITIONS_ONLY_BESIDE_1

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None
oldest_code = "0043"


def upgrade() -> None:
    for filling in NAME_KEYS_1:
        filling.fill(op.get_bind(), filling.reckoned_anew(op.get_bind()))
    execute_script(POSITIONS_ONLY_BESIDE_1)
