"""Every hour: a month that is over is told to the region once, and again when something of it was corrected."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from services.consultation.supervision.database.months import SupervisionMonths
from services.consultation.supervision.domain.supervision_balance import WINDOW_DAYS, Ledger
from services.consultation.supervision.domain.supervision_month import (
    MonthFigures,
    SupervisionMonth,
    last_day,
    month_before,
)
from services.consultation.supervision.queries.supervision_records import SupervisionRecord, supervision_records
from shared.contracts.region import month_of
from shared.kernel.actor import system
from shared.kernel.calendar import add_months, months_between
from shared.unit_of_work import UnitsOfWork

_MONTHS = UUID(int=0)
"""Two processes that tell of the same month at once tell of the same thing."""
MONTHS_BACK = 12
"""What is older stays as it was told."""


async def reckon_supervision_months(units: UnitsOfWork[Any]) -> int:
    """Publish SupervisionReckoned for each month that is new, or another than it was told; gives how many."""
    async with units.begin(system()) as work:
        last = month_before(month_of(work.today))
        earliest = add_months(last, 1 - MONTHS_BACK)
        records = await supervision_records(work, since=earliest - timedelta(WINDOW_DAYS))
        begun = [one.agreements[0].terms.from_on for one in records if one.agreements]
        if not begun:
            return 0
        months = months_between(max(earliest, month_of(min(begun))), last) if min(begun) <= last_day(last) else []
        ledgers = [_ledger(one, earliest, last) for one in records]
        kept = SupervisionMonths(work)
        told = await kept.since(earliest)
        changed = 0
        for month in months:
            figures = MonthFigures.of(month, ledgers)
            one = told.get(month) or SupervisionMonth(uuid5(_MONTHS, month.isoformat()), month, figures)
            if month in told and not one.revise(figures):
                continue
            work.publish(one.said, about=one)
            await kept.save(one)
            changed += 1
    return changed


def _ledger(record: SupervisionRecord, earliest: date, last: date) -> Ledger:
    first = earliest - timedelta(WINDOW_DAYS)
    return Ledger(record.whose, record.held, record.rules, first, last_day(last))
