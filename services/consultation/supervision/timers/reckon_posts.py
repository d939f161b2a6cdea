"""Every hour: how much of full time the team has when a month ends, told when it is over and again when it changes."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from services.consultation.supervision.domain.supervision_agreement import terms_on
from services.consultation.supervision.queries.supervision_records import SupervisionRecord, supervision_records
from shared.contracts.supervision import PostsReckoned
from shared.kernel.actor import system
from shared.kernel.reckoned_months import last_day, reckoned_months
from shared.unit_of_work import UnitsOfWork

_MONTHS = UUID(int=1)
"""Two processes that tell of the same month at once tell of the same thing."""


async def reckon_posts(units: UnitsOfWork[Any]) -> int:
    """Publish PostsReckoned for each month that is new, or another than it was told; gives how many."""
    async with units.begin(system()) as work:
        records = await supervision_records(work, since=work.today)
        begun = [one.agreements[0].terms.from_on for one in records if one.agreements]
        months = reckoned_months(work.today, min(begun, default=None))
        events = [_reckoned(month, records) for month in months]
        return sum([await work.publish_news(one, uuid5(_MONTHS, one.month.isoformat())) for one in events])


def _reckoned(month: date, records: Sequence[SupervisionRecord]) -> PostsReckoned:
    held = [terms for one in records if (terms := terms_on(one.agreements, last_day(month)))]
    return PostsReckoned(month=month, people=len(held), hundredths=round(100 * sum(one.share for one in held)))
