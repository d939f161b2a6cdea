"""Count waits that ended, by what came, how long they were and the family's tier."""

from shared.contracts.wait import RegionalWaitStopped, RegionalWaitStoppedCorrected
from shared.inbox.projection import Projection, columns_of

ON_REGIONAL_WAIT_STOPPED = Projection(
    event=RegionalWaitStopped,
    table="wait_stopped",
    columns=columns_of(RegionalWaitStopped),
    corrected_by=RegionalWaitStoppedCorrected,
)
