"""Four times a day: what families said of the help in each month that is over, and again when it changes."""

from uuid import UUID, uuid5

from sqlalchemy import func, select

from services.referral.database.tables import referral
from services.referral.reckoning.database.experience_counts import experience_counts
from services.referral.team.database.team_work import TeamUnits
from shared.contracts.reckoning import ExperienceReckoned
from shared.kernel.actor import system
from shared.kernel.clock import london_date
from shared.kernel.reckoned_months import reckoned_months

_MONTHS = UUID("6f3f0c56-4a0c-5c0e-9a55-0d2a6f7f0c02")
"""Two processes that tell of the same month at once tell of the same thing."""


async def reckon_experience(units: TeamUnits) -> int:
    """Publish ExperienceReckoned for each month that is new, or another than it was told; gives how many."""
    async with units.begin(system()) as work:
        first = await work.session.scalar(select(func.min(referral.c.received_at)))
        months = reckoned_months(work.today, london_date(first) if first else None)
        changed = 0
        for row in await experience_counts(work.session, months):
            event = ExperienceReckoned.model_validate(dict(row))
            changed += await work.publish_news(event, uuid5(_MONTHS, event.month.isoformat()))
    return changed
