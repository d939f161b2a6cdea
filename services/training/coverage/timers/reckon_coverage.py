"""Four times a day: who was trained, and who a champion, when each month ended that is over; again when it changes."""

from uuid import UUID, uuid5

from services.training.coverage.database.coverage_counts import champion_counts, coverage_counts, first_day_known
from services.training.coverage.domain.coverage import EVERYBODYS
from services.training.staff.database.training_work import TrainingUnits
from shared.contracts.teaching import ChampionsReckoned, CoverageReckoned
from shared.kernel.actor import system
from shared.kernel.reckoned_months import last_day, reckoned_months

_MONTHS = UUID("6f3f0c56-4a0c-5c0e-9a55-0d2a6f7f0c03")
"""Two processes that tell of the same month at once tell of the same thing."""


async def reckon_coverage(units: TrainingUnits) -> int:
    """Publish CoverageReckoned and ChampionsReckoned where one is new, or another than was told; gives how many."""
    async with units.begin(system()) as work:
        months = reckoned_months(work.today, await first_day_known(work.session))
        days = [last_day(month) for month in months]
        changed = 0
        for row in await coverage_counts(work.session, days, EVERYBODYS):
            event = CoverageReckoned.model_validate(dict(row))
            cell = f"{event.month} {event.course} {event.sector} {event.profession}"
            changed += await work.publish_news(event, uuid5(_MONTHS, cell))
        for row in await champion_counts(work.session, days):
            champions = ChampionsReckoned.model_validate(dict(row))
            changed += await work.publish_news(champions, uuid5(_MONTHS, f"{champions.month} champions"))
    return changed
