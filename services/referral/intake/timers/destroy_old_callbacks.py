"""Every hour: numbers whose date has passed go, and what was promised and answered about them."""

from services.referral.intake.database.callbacks import Callbacks
from services.referral.intake.domain.callback import answered_long_ago
from services.referral.team.database.team_work import TeamUnits
from shared.kernel.actor import system

_AT_ONCE = 100


async def destroy_old_callbacks(units: TeamUnits) -> int:
    """Give how many; the audit trail keeps their ids, and nothing keeps the numbers."""
    async with units.begin(system()) as work:
        destroyed = await Callbacks(work).destroy(answered_long_ago(work.now), _AT_ONCE)
        for callback_id in destroyed:
            work.record("callback.destroy", callback_id)
    return len(destroyed)
