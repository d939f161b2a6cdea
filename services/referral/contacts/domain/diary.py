"""A practitioner's diary: what is booked, what clashes, what is free, and when the next visit of a family would be.

An appointment has no length on record: until it was held it is taken for an hour (our proposal).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from uuid import UUID

from services.referral.team.domain.opening_hours import OpeningHours
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.contracts.vocabulary import Code
from shared.kernel.calendar import clock_words, is_working_day
from shared.kernel.clock import LONDON, london_date
from shared.kernel.errors import RuleBroken

VISIT = timedelta(minutes=60)
SHORTEST_GAP = timedelta(minutes=30)
"""What is shorter is no time for a visit."""
_MOST_WEEKS = 4
"""Between two visits; what lay further apart says nothing about the next."""


class Clash(Code):
    TWO_AT_ONCE = "two_at_once", "Two visits at once"
    FAMILY_TWICE = "family_twice", "This family twice on this day"


@dataclass(frozen=True)
class DiaryEntry:
    """One appointment."""

    contact_id: UUID
    family_id: UUID
    practitioner_id: UUID
    starts_at: datetime
    """UTC."""
    kind: ContactKind
    mode: ContactMode
    venue: Venue
    practitioner_name: str = ""
    who: str = ""
    """The babies and carers who are expected, or that the record is restricted."""
    may_see: bool = True
    """The reader may open the family's record."""
    interpreter: str | None = None
    attendance: Attendance | None = None
    minutes: int | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + (timedelta(minutes=self.minutes) if self.minutes else VISIT)

    @property
    def day(self) -> date:
        return london_date(self.starts_at)

    def overlaps(self, other: "DiaryEntry") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def clashes_in(entries: Iterable[DiaryEntry]) -> Mapping[UUID, frozenset[Clash]]:
    """By the appointment; what has no clash is not in it."""
    of_one_day: dict[tuple[date, UUID], list[DiaryEntry]] = defaultdict(list)
    for entry in entries:
        of_one_day[entry.day, entry.practitioner_id].append(entry)
        of_one_day[entry.day, entry.family_id].append(entry)
    found: dict[UUID, set[Clash]] = defaultdict(set)
    for one, other in (two for those in of_one_day.values() for two in combinations(those, 2)):
        for clash in clashes_of(one, other):
            found[one.contact_id].add(clash)
            found[other.contact_id].add(clash)
    return {contact_id: frozenset(clashes) for contact_id, clashes in found.items()}


def clashes_of(one: DiaryEntry, other: DiaryEntry) -> list[Clash]:
    """What is wrong with two appointments side by side."""
    found: list[Clash] = []
    if one.practitioner_id == other.practitioner_id and one.overlaps(other):
        found.append(Clash.TWO_AT_ONCE)
    if one.family_id == other.family_id and one.day == other.day:
        found.append(Clash.FAMILY_TWICE)
    return found


def check_clash(wanted: DiaryEntry, entries: Iterable[DiaryEntry]) -> None:
    """Raises RuleBroken when an appointment of these would clash with the one that is wanted."""
    said = [
        _SAID[clash].format(clock_words(entry.starts_at))
        for entry in entries
        for clash in clashes_of(wanted, entry)
        if entry.contact_id != wanted.contact_id
    ]
    if said:
        sentence = f"{' '.join(said)} Change the time, or press “Book all the same”."
        raise RuleBroken("booking_clash", sentence, field="starts_at")


_SAID = {
    Clash.TWO_AT_ONCE: "The practitioner has another visit at {}.",
    Clash.FAMILY_TWICE: "The family has another visit that day, at {}.",
}


def free_in(entries: Sequence[DiaryEntry], day: date, hours: OpeningHours) -> list[tuple[datetime, datetime]]:
    """When one practitioner has time between opening and closing, on the clock in London; none on a day off.

    Args:
        entries: the practitioner's own of that day.
    """
    if not is_working_day(day):
        return []
    since, closes = datetime.combine(day, hours.opens, LONDON), datetime.combine(day, hours.closes, LONDON)
    free: list[tuple[datetime, datetime]] = []
    for entry in sorted(entries, key=lambda one: one.starts_at):
        if entry.starts_at - since >= SHORTEST_GAP:
            free.append((since, min(entry.starts_at.astimezone(LONDON), closes)))
        since = max(since, entry.ends_at.astimezone(LONDON))
    return [*free, (since, closes)] if closes - since >= SHORTEST_GAP else free


def next_visit(newest_first: Sequence[datetime], today: date) -> tuple[date, time] | None:
    """The usual day of the week and time, as many weeks on as lay between the last two, but to come; None without any.

    Args:
        newest_first: when the family's last appointments began, UTC.
    """
    if not newest_first:
        return None
    last = newest_first[0].astimezone(LONDON)
    apart = (last.date() - london_date(newest_first[1])).days if len(newest_first) > 1 else 0
    weeks = round(apart / 7)
    step = timedelta(weeks=weeks if 0 < weeks <= _MOST_WEEKS else 1)
    day = last.date() + step
    while day <= today:
        day += step
    return day, last.time()
