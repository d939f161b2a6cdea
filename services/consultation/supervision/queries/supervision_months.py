"""What the team was given in calendar months: beside the page, for a report, and never judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.consultation.supervision.database.months import SupervisionMonths
from services.consultation.supervision.domain.supervision_balance import NOTHING, Balance, Ledger
from services.consultation.supervision.domain.supervision_month import SupervisionMonth, last_day, month_before
from services.consultation.supervision.queries.supervision_records import SupervisionRecord
from shared.contracts.region import month_of
from shared.unit_of_work import UnitOfWork

SHOWN = 3


@dataclass(frozen=True)
class MonthLine:
    month: date
    balance: Balance
    is_so_far: bool
    was_revised: bool
    """It is no longer what was told first."""


async def supervision_months(work: UnitOfWork, records: Sequence[SupervisionRecord]) -> list[MonthLine]:
    """The last three, with this one so far; the earliest first."""
    this = month_of(work.today)
    months = [month_before(month_before(this)), month_before(this), this]
    told = await SupervisionMonths(work).since(months[0])
    ledgers = [Ledger(one.whose, one.held, one.rules, months[0], work.today) for one in records]
    return [_line(month, ledgers, work.today, told.get(month)) for month in months]


def _line(month: date, ledgers: Sequence[Ledger], today: date, told: SupervisionMonth | None) -> MonthLine:
    last = min(last_day(month), today)
    balance = sum((one.between(month, last) for one in ledgers), NOTHING)
    now = round(balance.owed), round(balance.given)
    was_revised = told is not None and (told.was_revised or now != (told.figures.month_owed, told.figures.month_given))
    return MonthLine(month, balance, last == today, was_revised)
