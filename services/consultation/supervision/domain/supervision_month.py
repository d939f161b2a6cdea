"""A month as the region hears of it: what the team owed and gave over the 84 days that end with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.consultation.supervision.domain.supervision_balance import NOTHING, Ledger
from shared.contracts.supervision import SupervisionReckoned
from shared.kernel.calendar import add_months


def last_day(month: date) -> date:
    """Args: month: its first day."""
    return add_months(month, 1) - timedelta(1)


def month_before(month: date) -> date:
    return add_months(month, -1)


@dataclass(frozen=True)
class MonthFigures:
    """Minutes of the whole team, each rounded once."""

    owed_minutes: int
    """Over the 84 days that end with the month, and likewise given: by these a team is judged."""
    given_minutes: int
    people: int
    """To whom supervision was owed in them."""
    month_owed: int
    """In the month alone, and likewise given: shown, and never judged."""
    month_given: int

    @classmethod
    def of(cls, month: date, ledgers: Sequence[Ledger]) -> "MonthFigures":
        """Args: ledgers: that know the month, and 84 days before its end."""
        last = last_day(month)
        windows = [one.balance_on(last) for one in ledgers]
        window, alone = sum(windows, NOTHING), sum((one.between(month, last) for one in ledgers), NOTHING)
        people = sum(one.owed > 0 for one in windows)
        return cls(round(window.owed), round(window.given), people, round(alone.owed), round(alone.given))


@dataclass
class SupervisionMonth:
    """What was told of a month, and whether that was revised since."""

    id: UUID
    month: date
    figures: MonthFigures
    was_revised: bool = False
    version: int = 0

    def revise(self, figures: MonthFigures) -> bool:
        """Says whether it is another than what was told."""
        if figures == self.figures:
            return False
        self.figures, self.was_revised = figures, True
        return True

    @property
    def said(self) -> SupervisionReckoned:
        figures = self.figures
        return SupervisionReckoned(
            month=self.month,
            owed_minutes=figures.owed_minutes,
            given_minutes=figures.given_minutes,
            people=figures.people,
        )
