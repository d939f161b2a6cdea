"""What teams withdrew before there were corrections is in the log as the correction that it is; a rebuild counts it.

`shared.contracts.catalogue` reads what comes in from now on in the same way.
"""

from shared.contracts.consultation import RegionalConsultationHeldCorrected
from shared.contracts.training import RegionalTrainingCompletedCorrected
from shared.database.script import execute_script

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
oldest_code = "0010"

READ_AS_CORRECTIONS = "\n".join(
    f"UPDATE event_log SET type = '{one.type}', body = jsonb_build_object('was', body, 'instead', null) "  # noqa: S608
    f"WHERE type = '{one.withdrew}';"
    for one in (RegionalConsultationHeldCorrected, RegionalTrainingCompletedCorrected)
)


def upgrade() -> None:
    execute_script(READ_AS_CORRECTIONS)
