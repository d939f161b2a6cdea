"""The curve of somebody's balance: the last 84 days, and what comes of it with what is booked, and with no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from services.consultation.supervision.domain.supervision_balance import (
    SESSION_MINUTES,
    WINDOW_DAYS,
    Balance,
    Given,
    Ledger,
)
from services.consultation.supervision.domain.supervision_session import SessionState
from services.consultation.supervision.queries.supervision_records import SupervisionRecord
from services.consultation.supervision.web.balance_words import clock_hours, standing
from shared.kernel.calendar import date_words
from shared.web.day_line import DayLine, LineSize

AHEAD = timedelta(24)
WIDE, NARROW = LineSize(860, 236, 62), LineSize(340, 220, 44)
_MARGIN = 30
"""Minutes above and below the line."""
_NEAR_LEVEL = 45
"""Minutes; words about a figure so near would lie on the line of the level."""


@dataclass(frozen=True)
class DayOfCurve:
    """One day, as the table and the file say it."""

    on: date
    balance: Balance
    is_booked: bool
    """It is to come, and reckons with what is booked."""
    otherwise: int | None
    """Minutes of the balance if no more is held; None: the day has been."""


class BalanceCurve:
    """Of one colleague, on a day."""

    def __init__(self, record: SupervisionRecord) -> None:
        self._record, self.today = record, record.today
        self.first, self.last = self.today - timedelta(WINDOW_DAYS - 1), self.today + AHEAD
        booked = [*record.held, *(record.given_in(one) for one in record.booked)]
        self.by_held, self.by_booked = self._ledger(record.held), self._ledger(booked)

    def _ledger(self, given: Sequence[Given]) -> Ledger:
        first = self.first - timedelta(WINDOW_DAYS - 1)
        return Ledger(self._record.whose, given, self._record.rules, first, self.today + timedelta(WINDOW_DAYS))

    @property
    def days(self) -> list[DayOfCurve]:
        return [self._day(self.first + timedelta(step)) for step in range((self.last - self.first).days + 1)]

    @property
    def turns(self) -> list[DayOfCurve]:
        """Today, and each day to come on which it is another by what is booked or what grows old."""
        days = [one for one in self.days if one.on >= self.today]
        return [
            one
            for before, one in zip([None, *days], days, strict=False)
            if before is None or before.balance.minutes != one.balance.minutes or before.otherwise != one.otherwise
        ]

    @property
    def sentence(self) -> str:
        days = self.days
        now, end = next(one for one in days if one.on == self.today), days[-1]
        return (
            f"{date_words(self.first)}: {standing(days[0].balance.minutes)}. Today: {standing(now.balance.minutes)}. "
            f"{date_words(end.on)}: {standing(end.balance.minutes)} with what is booked, "
            f"{standing(end.otherwise or 0)} if no more is held."
        )

    def drawn(self) -> Markup:
        """Twice: wide, and for a phone."""
        return self._drawn(WIDE, "pairs-day-line--wide") + self._drawn(NARROW, "pairs-day-line--narrow")

    def _day(self, day: date) -> DayOfCurve:
        if day <= self.today:
            return DayOfCurve(day, self.by_held.balance_on(day), is_booked=False, otherwise=None)
        otherwise = self.by_held.balance_on(day).minutes
        return DayOfCurve(day, self.by_booked.balance_on(day), is_booked=True, otherwise=otherwise)

    def _drawn(self, size: LineSize, classes: str) -> Markup:
        days = self.days
        been = {one.on: one.balance.minutes for one in days if not one.is_booked}
        now = been[self.today]
        plan = {self.today: now} | {one.on: one.balance.minutes for one in days if one.is_booked}
        fear = {self.today: now} | {one.on: one.otherwise or 0 for one in days if one.is_booked}
        figures = [*been.values(), *plan.values(), *fear.values()]
        lowest = min(*figures, -2 * SESSION_MINUTES) - _MARGIN
        line = DayLine(self.first, self.last, lowest=lowest, highest=max(*figures, SESSION_MINUTES), size=size)
        is_wide = size is WIDE
        line.below(-SESSION_MINUTES, "behind: an hour or more is missing" if is_wide else "behind")
        for leave in self._record.leaves:
            if leave.days.is_long:
                line.stretch(leave.first_on, leave.last_on or self.last, "leave, not owed" if is_wide else "leave")
        self._label(line, lowest, max(*figures, SESSION_MINUTES), is_wide=is_wide)
        line.steps(fear, "fear")
        line.steps(plan, "plan")
        line.steps(been, "step")
        self._mark(line, been, plan, fear, is_wide=is_wide)
        return line.drawn(self.sentence, classes)

    def _label(self, line: DayLine, lowest: float, highest: float, *, is_wide: bool) -> None:
        hour = SESSION_MINUTES
        step = hour * max(1, round((highest - lowest) / hour / 5))
        for figure in range(-step * int(-lowest // step), int(highest) + 1, step):
            line.height(figure, f"{figure // hour:+} h".replace("-", "–") if figure else "level", is_drawn=figure == 0)
        line.moment(self.first, _short(self.first))
        if is_wide:
            for days in (20, 40, 60):
                line.moment(self.first + timedelta(days), _short(self.first + timedelta(days)))
        line.moment(self.today, "today", is_drawn=True)
        line.moment(self.last, _short(self.last))

    def _mark(
        self,
        line: DayLine,
        been: Mapping[date, int],
        plan: Mapping[date, int],
        fear: Mapping[date, int],
        *,
        is_wide: bool,
    ) -> None:
        for one in self._record.sessions:
            on = one.meeting.on
            if one.state is SessionState.HELD and on in been:
                line.dot(on, been[on], "dot")
        for one in self._record.booked:
            if one.meeting.on in plan:
                line.dot(one.meeting.on, plan[one.meeting.on], "open")
        self._note(line, been[self.today], plan, fear, is_wide=is_wide)

    def _note(
        self, line: DayLine, now: int, plan: Mapping[date, int], fear: Mapping[date, int], *, is_wide: bool
    ) -> None:
        """Where there is little room, only the worst; the rest is in words beside it."""
        worst = fear[self.last]
        kind = "red" if worst <= -SESSION_MINUTES else "bold"
        line.note(self.last, worst, f"no more held: {standing(worst)}" if is_wide else clock_hours(worst), kind)
        if is_wide and now <= -SESSION_MINUTES:
            line.note(self.today - timedelta(1), now, f"{clock_hours(-now)} behind", "red")
        if is_wide and self._record.booked:
            best_on = max(plan, key=lambda on: (plan[on], on == self.last))
            words = f"as booked, {_short(best_on)}: {standing(plan[best_on])}"
            beside_level = 0 if -_NEAR_LEVEL < plan[best_on] < 0 else plan[best_on]
            line.note(self.last, beside_level, words, "bold", is_above=True)


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
