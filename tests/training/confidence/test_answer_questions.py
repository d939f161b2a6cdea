"""People say how sure they feel before and after; what was said once stays."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from services.training.confidence.commands.answer_questions import AnswerQuestions, answer_questions
from services.training.confidence.domain.questionnaire import CourseTimes, Moment
from services.training.confidence.queries.cohort_confidence import cohort_confidence
from services.training.confidence.timers.remind_people import remind_people
from services.training.places.commands.move_place import MovePlace, move_place
from shared.kernel.actor import public_form
from shared.kernel.errors import Conflict, RuleBroken
from tests.training.a_course import TeachingTeam

BEFORE, AFTER = (5, 6, 4, 7, 5, 6, 3), (8, 7, 6, 9, 6, 9, 6)


async def test_only_those_who_answered_both_are_paired(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()
    people = [await teaching.book(cohort, number) for number in range(10)]
    for one, points in zip(people, (*BEFORE, 9, 9), strict=False):
        await teaching.answers(one, Moment.BEFORE, points)
    await teaching.held(cohort, people)
    for one, points in [*zip(people, AFTER, strict=False), (people[9], 2)]:
        await teaching.answers(one, Moment.AFTER, points)

    async with teaching.work() as work:
        [change, *_] = (await cohort_confidence(work, cohort.id)).changes

    assert change.change is not None
    assert (change.change.mean, change.change.pairs, change.change.improved) == (Fraction(15, 7), 7, 5)
    assert change.mean == "+2.1"


async def test_what_was_said_before_is_not_written_over_by_looking_back(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()
    one = await teaching.book(cohort, 1)
    await teaching.answers(one, Moment.BEFORE, 7)
    await teaching.held(cohort, [one])
    async with teaching.work(public_form()) as work:
        await answer_questions(AnswerQuestions(one.id, Moment.AFTER, (8,) * 5, then=(3,) * 5), work)

    async with teaching.work() as work:
        before, then, _ = (await cohort_confidence(work, cohort.id)).changes

    assert (before.mean, then.mean) == ("+1.0", "+5.0")


async def test_answers_go_along_to_other_dates(teaching: TeachingTeam) -> None:
    may = await teaching.plan()
    june = await teaching.plan(starts=datetime(2026, 6, 15, tzinfo=UTC))
    one = await teaching.book(may, 1)
    await teaching.answers(one, Moment.BEFORE, 4)
    async with teaching.work() as work:
        moved = await move_place(MovePlace(one.id, june.id), work)
    await teaching.held(june, [moved])
    await teaching.answers(moved, Moment.AFTER, 8)

    async with teaching.work() as work:
        [change, *_] = (await cohort_confidence(work, june.id)).changes
        [of_may, *_] = (await cohort_confidence(work, may.id)).changes

    assert change.mean == "+4.0"
    assert of_may.change is None


def test_the_follow_up_opens_three_months_on_and_is_good_for_six_weeks() -> None:
    times = CourseTimes(datetime(2025, 11, 30, 9, tzinfo=UTC), datetime(2025, 11, 30, 16, tzinfo=UTC))

    assert str(times.follow_up_on) == "2026-03-01"
    for moment in (times.follow_up_at - timedelta(1), times.follow_up_at + timedelta(weeks=6)):
        with pytest.raises(Conflict):
            times.check_open(Moment.THREE_MONTHS, moment)
    times.check_open(Moment.THREE_MONTHS, times.follow_up_at)


async def test_a_number_that_is_none_is_refused(teaching: TeachingTeam) -> None:
    one = await teaching.book(await teaching.plan(), 1)

    with pytest.raises(RuleBroken, match="confidence_range"):
        await teaching.answers(one, Moment.BEFORE, 11)


async def test_people_are_reminded_the_day_before_and_asked_a_week_before_each_once(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()
    one, other = await teaching.book(cohort, 1), await teaching.book(cohort, 2)
    await teaching.answers(other, Moment.BEFORE)

    teaching.now = cohort.starts_at - timedelta(days=7)
    for _ in range(2):
        await remind_people(teaching.units)
    week_before = await teaching.emails(one), await teaching.emails(other)
    teaching.now = datetime(2026, 5, 31, 7, 59, tzinfo=UTC)
    assert await remind_people(teaching.units) == 0
    teaching.now = datetime(2026, 5, 31, 8, tzinfo=UTC)
    for _ in range(2):
        await remind_people(teaching.units)

    assert week_before == (["place", "before"], ["place"])
    assert await teaching.emails(one) == ["place", "before", "reminder"]
