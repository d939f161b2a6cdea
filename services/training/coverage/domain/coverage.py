"""How many of an organisation's people hold a training in date, against its headcount.

Percentages are cut; what is not known is not a number. Source: reference section 6.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.training.certificates.domain.refresh import Held
from shared.contracts.training_codes import TrainingCourse

EVERYBODYS = (
    TrainingCourse.IMH_PIR,
    TrainingCourse.INFANT_VOICE,
    TrainingCourse.TRAUMA_SUITE,
    TrainingCourse.REF_SKILLS,
    TrainingCourse.PIF_AWARENESS,
)
"""Courses that everybody should hold: they stand side by side, and the region hears of them; others are in a list."""


@dataclass(frozen=True)
class Headcount:
    """How many work there, as they said on a day."""

    on: date
    people: int


@dataclass(frozen=True)
class AtWork:
    """Somebody of the register, with what they hold of one course."""

    trainings: Sequence[Held]
    is_on_long_leave: bool = False


@dataclass(frozen=True)
class Coverage:
    """Of one organisation and profession."""

    in_date: int
    of: int | None
    """People; None: not known."""
    counted_on: date | None
    """The day of the headcount; None where the register itself is counted."""

    @property
    def percent(self) -> int | None:
        """Cut; None when the headcount is not known, or older than the people who were trained since."""
        if not self.of or self.in_date > self.of:
            return None
        return 100 * self.in_date // self.of

    @property
    def in_words(self) -> str:
        if self.of is None:
            return f"{self.in_date}, headcount not known"
        if self.in_date > self.of and self.counted_on:
            return (
                f"{self.in_date} of {self.of}: the headcount of {self.counted_on.day} {self.counted_on:%B %Y} is older"
            )
        return f"{self.in_date} of {self.of}"


def headcount_on(day: date, rows: Iterable[Headcount]) -> Headcount | None:
    """The newest row on or before the day; one that was entered late changes what the past shows."""
    return max((one for one in rows if one.on <= day), key=lambda one: one.on, default=None)


def coverage_on(day: date, people: Sequence[AtWork], rows: Iterable[Headcount]) -> Coverage:
    """Everybody at work there, on long leave too, against the headcount."""
    in_date = sum(any(held.counts_on(day) for held in one.trainings) for one in people)
    headcount = headcount_on(day, rows)
    return Coverage(in_date, headcount.people if headcount else None, headcount.on if headcount else None)


def coverage_without_leave(day: date, people: Sequence[AtWork]) -> Coverage:
    """Of the register: neither side has those on long leave."""
    present = [one for one in people if not one.is_on_long_leave]
    return Coverage(sum(any(held.counts_on(day) for held in one.trainings) for one in present), len(present), None)
