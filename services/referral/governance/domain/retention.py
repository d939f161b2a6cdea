"""How long the record of one person is kept: the longest of the rules that apply, unless it is held.

The date only says when someone may review the record and decide; nothing is destroyed because a day came.
Source: reference 8.2, after the MDU's summary of the Records Management Code of Practice 2021.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.referral.people.domain.age import birthday, is_child
from shared.contracts.vocabulary import Code


class RetentionRule(Code):
    """Why a record is kept until a date."""

    CHILD = "child", "A child's record: until the 25th birthday, or the 26th if 17 when the work ended"
    MENTAL_HEALTH = "mental_health", "A mental health record, psychology included: 20 years after the work ended"
    AFTER_DEATH = "after_death", "A mental health record of someone who died: 10 years after the death"
    MATERNITY = "maternity", "A maternity, antenatal or postnatal record: 25 years"


SOURCE = "Records Management Code of Practice 2021, as summarised by the MDU"


class HoldReason(Code):
    """Why a record is kept, whatever its date. Each is set and lifted by a person."""

    INQUIRY = "inquiry", "An inquiry asked for such records to be kept"
    LITIGATION = "litigation", "A claim or a complaint is open or expected"
    LOOKED_AFTER = "looked_after", "Looked-after child: social care keeps its record for 75 years (not verified)"


@dataclass(frozen=True)
class Schedule:
    """The years of each rule."""

    child_birthday: int = 25
    child_of_17_birthday: int = 26
    mental_health_years: int = 20
    after_death_years: int = 10
    maternity_years: int = 25


@dataclass(frozen=True)
class RecordSubject:
    """One person of a family, as far as retention asks."""

    ended_on: date | None
    """When the last work with them ended; None while there is any."""
    born_on: date | None
    """None for a baby who was not born, and where it is not known."""
    died_on: date | None = None
    is_maternity: bool = False
    """The record is filed as maternity, antenatal or postnatal."""
    holds: frozenset[HoldReason] = frozenset()


@dataclass(frozen=True)
class KeptUntil:
    """One rule that applies."""

    rule: RetentionRule
    until: date
    source: str = SOURCE
    """Shown beside the rule."""


@dataclass(frozen=True)
class Retention:
    """How long one record is kept, and why."""

    rules: tuple[KeptUntil, ...]
    """Those that apply, the longest first; none while there is work with the person."""
    holds: frozenset[HoldReason]

    @property
    def until(self) -> date | None:
        """The last day on which it must be kept; None while it is held, or while there is work with the person."""
        return None if self.holds or not self.rules else self.rules[0].until

    def may_be_reviewed(self, on: date) -> bool:
        """Whether someone may decide on that day whether the record is destroyed."""
        return self.until is not None and self.until < on


def retention_of(subject: RecordSubject, schedule: Schedule | None = None) -> Retention:
    """Every rule that applies to the person's record; the longest of them holds."""
    if subject.ended_on is None:
        return Retention((), subject.holds)
    rules = _applicable(subject, subject.ended_on, schedule or Schedule())
    return Retention(tuple(sorted(rules, key=lambda kept: kept.until, reverse=True)), subject.holds)


def _applicable(subject: RecordSubject, ended_on: date, schedule: Schedule) -> Iterator[KeptUntil]:
    if subject.died_on is not None:
        yield KeptUntil(RetentionRule.AFTER_DEATH, _years_after(subject.died_on, schedule.after_death_years))
    else:
        yield KeptUntil(RetentionRule.MENTAL_HEALTH, _years_after(ended_on, schedule.mental_health_years))
    if subject.born_on is not None and is_child(subject.born_on, ended_on):
        was_17 = birthday(subject.born_on, 17) <= ended_on
        years = schedule.child_of_17_birthday if was_17 else schedule.child_birthday
        yield KeptUntil(RetentionRule.CHILD, birthday(subject.born_on, years))
    if subject.is_maternity:
        yield KeptUntil(RetentionRule.MATERNITY, _years_after(ended_on, schedule.maternity_years))


def _years_after(day: date, years: int) -> date:
    """The same day of the month, or 1 March where that year has no 29 February."""
    return birthday(day, years)
