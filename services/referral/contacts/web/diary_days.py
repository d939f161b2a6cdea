"""A diary as a page shows it: for each practitioner a row, for each day what is booked, clashes and is free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from services.referral.contacts.domain.diary import Clash, DiaryEntry, clashes_in, free_in
from services.referral.contacts.queries.diary import diary
from services.referral.team.domain.opening_hours import OpeningHours
from shared.unit_of_work import UnitOfWork

_WORKING_DAYS, _WEEK = 5, 7


@dataclass(frozen=True)
class DiaryDay:
    """One day of one practitioner."""

    day: date
    entries: Sequence[DiaryEntry]
    free: Sequence[tuple[datetime, datetime]]
    """From when until when, in London."""

    @property
    def lines(self) -> list[tuple[datetime, datetime, DiaryEntry | None]]:
        """What is booked and what is free, in the order of the day."""
        booked = [(one.starts_at, one.ends_at, one) for one in self.entries]
        return sorted([*booked, *((since, until, None) for since, until in self.free)], key=lambda line: line[0])


@dataclass(frozen=True)
class DiaryRow:
    practitioner_id: UUID
    name: str
    days: Sequence[DiaryDay]


@dataclass(frozen=True)
class DiaryTable:
    days: Sequence[date]
    rows: Sequence[DiaryRow]
    clashes: Mapping[UUID, frozenset[Clash]]
    entries: Sequence[DiaryEntry]

    def clash_words(self, entry: DiaryEntry) -> str:
        return ", ".join(clash.label for clash in Clash if clash in self.clashes.get(entry.contact_id, ()))


def week_of(day: date) -> tuple[date, date]:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=_WEEK - 1)


async def read_diary(
    work: UnitOfWork, hours: OpeningHours, first: date, last: date, practitioners: Mapping[UUID, str]
) -> DiaryTable:
    """One statement. A Saturday and a Sunday of a week are there when something is booked on them.

    Args:
        practitioners: whose, with their names; where there is more than one, the others' with a booking are there too.
    """
    only = next(iter(practitioners)) if len(practitioners) == 1 else None
    entries = await diary(work, first, last, only)
    busy = {entry.day for entry in entries}
    span = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    days = [day for day in span if len(span) == 1 or day.weekday() < _WORKING_DAYS or day in busy]
    names = {**practitioners, **{entry.practitioner_id: entry.practitioner_name for entry in entries}}
    rows = [
        DiaryRow(
            one, name, [_day(day, [e for e in entries if e.practitioner_id == one], hours, work.today) for day in days]
        )
        for one, name in names.items()
    ]
    return DiaryTable(days, rows, clashes_in(entries), entries)


def _day(day: date, own: Sequence[DiaryEntry], hours: OpeningHours, today: date) -> DiaryDay:
    """A day that is gone has no free time: what was recorded without an appointment is not in a diary."""
    entries = [entry for entry in own if entry.day == day]
    return DiaryDay(day, entries, free_in(entries, day, hours) if day >= today else [])
