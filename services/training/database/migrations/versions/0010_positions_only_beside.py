"""No position stands in the outbox any more, where older code gave them, nor a name without words, as it left them."""

from alembic import op

from services.training.database.person_names import PERSON_NAMES_1
from shared.database.script import execute_script
from shared.outbox.tables import POSITIONS_ONLY_BESIDE_1

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
oldest_code = "0009"


def upgrade() -> None:
    PERSON_NAMES_1.fill(op.get_bind(), PERSON_NAMES_1.reckoned_anew(op.get_bind()))
    execute_script(POSITIONS_ONLY_BESIDE_1)
