"""When a team is there, and what a span of its own time is: nights, weekends and bank holidays do not count."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from shared.kernel.calendar import is_working_day
from shared.kernel.clock import LONDON


@dataclass(frozen=True)
class OpeningHours:
    """The same on every working day; times of the clock in London."""

    opens: time
    closes: time

    def is_open(self, moment: datetime) -> bool:
        """Whether someone of the team is there; from the first minute until before the last."""
        local = moment.astimezone(LONDON)
        return is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def next_opening(self, moment: datetime) -> datetime:
        """When the team opens next, in London; the moment itself while it is open.

        Raises:
            UnknownBankHolidays: the year is before 2000 or after 2100.
        """
        local = moment.astimezone(LONDON)
        if self.is_open(local):
            return local
        day = local.date() if local.time() < self.opens else local.date() + timedelta(days=1)
        while not is_working_day(day):
            day += timedelta(days=1)
        return datetime.combine(day, self.opens, LONDON)

    def after(self, moment: datetime, span: timedelta) -> datetime:
        """The moment, in London, at which the team has been open for that long: an hour after 4:45pm, where it closes
        at 5pm, is 9:45am on the next working day. Raises as `next_opening`.
        """
        start = self.next_opening(moment)
        closing = datetime.combine(start.date(), self.closes, LONDON)
        if start + span <= closing:
            return start + span
        return self.after(closing, span - (closing - start))
