"""A year of courses, put together by chance: the strategy's first course each month, and the others now and then.

Fourteen places each; nine in a hundred do not come; confidence before 5.1 and after 7.6 (reference 11, a proposal).
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from services.training.confidence.domain.questionnaire import Moment, Stem
from services.training.courses.packs.courses import COURSES
from services.training.demonstration.happening import TrainingHappening
from services.training.demonstration.joiner import Joins
from services.training.demonstration.taught import (
    Answers,
    Books,
    CohortName,
    Grants,
    Holds,
    Plans,
    SignsOff,
    Taught,
    WorksOnCase,
)
from shared.contracts.training_codes import TrainingCourse
from shared.demonstration.moments import at_work
from shared.kernel.calendar import add_working_days
from shared.kernel.clock import LONDON

CAPACITY = 14
STAYS_AWAY, SAYS_BEFORE, SAYS_AFTER = 0.09, 0.8, 0.9
TO_COME = (14, 45, 100)
"""Days from now on which courses are still to come; the first is full, and some wait."""
_PLAN = ((TrainingCourse.IMH_PIR, 30), (TrainingCourse.IHV_PIMH_CHAMPION, 110), (TrainingCourse.PIF_AWARENESS, 75))
"""A course, and after how many days it is taught again."""


def taught_history(team: str, people: Sequence[Joins], first: date, last: date) -> Iterator[TrainingHappening]:
    """Of people who had joined before the first course."""
    chance = random.Random(f"courses of {team}")  # noqa: S311 - nothing here is secret
    ours = [one for one in people if one.colleague_id]
    others = [one for one in people if not one.colleague_id and (one.from_on is None or one.from_on < first)]
    chance.shuffle(others)
    line = 0
    for course, every in _PLAN:
        day = first + timedelta(40)
        while day < last - timedelta(8):
            comers = [others[(line + number) % len(others)] for number in range(CAPACITY)]
            line += CAPACITY
            yield from _cohort(chance, course, day, comers, first)
            day += timedelta(every)
    for course in (TrainingCourse.NBO, TrainingCourse.VIG):
        yield from _cohort(chance, course, first + timedelta(50), ours[:3], first)
    for place, days in enumerate(TO_COME):
        number = CAPACITY + 4 if place == 0 else 3 * (len(TO_COME) - place)
        comers = [others[(line + one) % len(others)] for one in range(number)]
        line += number
        yield from _to_come(chance, TrainingCourse.IMH_PIR, last + timedelta(days), comers, last)


def _cohort(
    chance: random.Random, course: TrainingCourse, day: date, comers: Sequence[Joins], first: date
) -> Iterator[TrainingHappening]:
    """Dates are set, people book and come."""
    cohort = CohortName(course, add_working_days(day, 1))
    planned_on = max(first + timedelta(3), day - timedelta(60))
    yield _happens(at_work(chance, planned_on), Plans(cohort, CAPACITY, is_online=False))
    yield from _booked(chance, cohort, comers, max(first + timedelta(6), day - timedelta(30)))
    here = tuple(one for one in comers if chance.random() > STAYS_AWAY)
    days = len(COURSES[course].newest.days)
    for number in range(1, days + 1):
        yield _happens(datetime.combine(_day(cohort, number), time(17, 30), LONDON), Holds(cohort, number, here))
    last_on = _day(cohort, days)
    for place, one in enumerate(here):
        if chance.random() < SAYS_AFTER:
            yield _happens(at_work(chance, last_on + timedelta(1)), _answers(chance, cohort, one, Moment.AFTER, 7.6))
            if COURSES[course].leads_to_accreditation:
                yield from _supervised(cohort, one, last_on, place)
        if chance.random() < 0.5:
            later = datetime.combine(last_on + timedelta(95), time(12), LONDON)
            yield _happens(later, _answers(chance, cohort, one, Moment.THREE_MONTHS, 7.2))


def _supervised(cohort: CohortName, one: Joins, taught_on: date, place: int) -> Iterator[TrainingHappening]:
    """The first has all cases signed off and is accredited; who comes after them waits for a signature."""
    needed = COURSES[cohort.course].supervised_cases
    signed = max(0, needed - place)
    for number in range(1, min(needed, signed + 1) + 1):
        last_on = taught_on + timedelta(7 * number)
        works = WorksOnCase(cohort, one, number, last_on - timedelta(6), last_on)
        yield _happens(datetime.combine(last_on, time(16), LONDON), works)
        if number <= signed:
            on = add_working_days(last_on, 1)
            yield _happens(datetime.combine(on, time(9, 10), LONDON), SignsOff(cohort, one, number))
    if signed == needed:
        granted_on = add_working_days(taught_on + timedelta(7 * needed), 2)
        yield _happens(datetime.combine(granted_on, time(14), LONDON), Grants(cohort, one))


def _day(cohort: CohortName, number: int) -> date:
    return cohort.starts_on + timedelta(days=7 * (number - 1))


def _to_come(
    chance: random.Random, course: TrainingCourse, day: date, comers: Sequence[Joins], last: date
) -> Iterator[TrainingHappening]:
    cohort = CohortName(course, add_working_days(day, 1))
    yield _happens(at_work(chance, last - timedelta(40)), Plans(cohort, CAPACITY, is_online=len(comers) < 6))
    yield from _booked(chance, cohort, comers, last - timedelta(30))


def _booked(
    chance: random.Random, cohort: CohortName, comers: Sequence[Joins], since: date
) -> Iterator[TrainingHappening]:
    for one in comers:
        at = at_work(chance, since + timedelta(chance.randint(0, 20)))
        yield _happens(at, Books(cohort, one))
        if chance.random() < SAYS_BEFORE:
            yield _happens(at + timedelta(minutes=3), _answers(chance, cohort, one, Moment.BEFORE, 5.1))


def _answers(chance: random.Random, cohort: CohortName, who: Joins, moment: Moment, mean: float) -> Answers:
    points = tuple(min(10, max(0, round(chance.gauss(mean, 1.5)))) for _ in Stem)
    return Answers(cohort, who, moment, points)


def _happens(at: datetime, action: Taught) -> TrainingHappening:
    return TrainingHappening(at, f"{action.cohort.course} {action.cohort.starts_on}", action)
