"""How much of a course somebody attended, over its days and whichever cohort they came to.

Whole numbers are compared: 80 per cent is 100 × attended ≥ 80 × length. Source: reference section 6.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.contracts.training_codes import PlaceEnd
from shared.contracts.vocabulary import Code

ENOUGH_PERCENT = 80


class Progress(Code):
    COMPLETE = "complete", "Attended enough"
    PARTIAL = "partial", "Attended in part"
    NONE = "none", "Not attended"


@dataclass(frozen=True)
class CourseDay:
    """One day of a cohort."""

    number: int
    """Of the course's days, from 1: the same number is the same content in every cohort."""
    minutes: int
    """As it was held: a day that the trainer ended early is shorter for everyone."""


@dataclass(frozen=True)
class Attended:
    """Somebody came."""

    cohort_id: UUID
    day: CourseDay
    on: date
    minutes_missed: int = 0
    """Late, or left early."""

    @property
    def minutes(self) -> int:
        return max(0, self.day.minutes - self.minutes_missed)


@dataclass(frozen=True)
class Share:
    """What somebody attended of a course so far."""

    attended: int
    length: int
    """Minutes."""

    @property
    def is_enough(self) -> bool:
        return self.length > 0 and 100 * self.attended >= ENOUGH_PERCENT * self.length

    @property
    def percent(self) -> int:
        """Cut, never rounded up: 79.8 is 79."""
        return 100 * self.attended // self.length if self.length else 0

    @property
    def progress(self) -> Progress:
        if self.is_enough:
            return Progress.COMPLETE
        return Progress.PARTIAL if self.attended else Progress.NONE


def share_of(days: Sequence[CourseDay], attended: Iterable[Attended]) -> Share:
    """Of a course with these days; one that was attended twice counts once, by the time that was more.

    The length of an attended day is that of the cohort where it was attended.
    """
    best: dict[int, Attended] = {}
    for one in attended:
        known = best.get(one.day.number)
        if known is None or one.minutes > known.minutes:
            best[one.day.number] = one
    lengths = {day.number: day.minutes for day in days} | {number: one.day.minutes for number, one in best.items()}
    return Share(sum(one.minutes for one in best.values()), sum(lengths.values()))


def completed_by(days: Sequence[CourseDay], attended: Sequence[Attended]) -> Attended | None:
    """The attendance by which it was enough: its day is when the training is held from, its cohort has delivered it."""
    in_order = sorted(attended, key=lambda one: one.on)
    for place, one in enumerate(in_order):
        if share_of(days, in_order[: place + 1]).is_enough:
            return one
    return None


def how_it_ended(starts_at: datetime, cancelled_at: datetime | None, late_from: datetime) -> PlaceEnd:
    """Of a place that nobody used, once the register is closed; until then nobody is absent.

    Args:
        late_from: from then on a cancellation is late, as nobody else can come.
    """
    if cancelled_at is None or cancelled_at >= starts_at:
        return PlaceEnd.DID_NOT_ATTEND
    return PlaceEnd.CANCELLED_LATE if cancelled_at >= late_from else PlaceEnd.CANCELLED
