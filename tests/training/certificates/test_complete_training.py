"""Somebody holds a course when they attended enough and said how it was; it counts for as long as the course says."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from services.training.attendance.commands.close_register import CloseRegister, close_register
from services.training.attendance.commands.mark_attendance import MarkAttendance, mark_attendance
from services.training.attendance.database.registers import Mark
from services.training.certificates.commands.complete_training import CompleteTraining, complete_training
from services.training.certificates.timers.expire_trainings import expire_trainings
from services.training.courses.domain.cohort import Cohort
from services.training.database.workforce_tables import organisation
from services.training.places.domain.booking import Booking
from shared.contracts.training import TrainingCompleted, TrainingExpired, TrainingWithdrawn
from shared.contracts.training_codes import PlaceEnd, TrainingCourse
from shared.kernel.clock import LONDON
from tests.training.a_course import TeachingTeam

CHAMPION = TrainingCourse.IHV_PIMH_CHAMPION
MAY, JUNE = datetime(2026, 5, 12, tzinfo=LONDON), datetime(2026, 6, 9, tzinfo=LONDON)


async def marks(team: TeachingTeam, one: Booking, cohort: Cohort, day: int, mark: Mark | None) -> None:
    held = cohort.days[day - 1]
    team.now = max(team.now, held.ends_at)
    async with team.work() as work:
        await mark_attendance(MarkAttendance(one.id, day, mark), work)


async def closes(team: TeachingTeam, cohort: Cohort, day: int, minutes: int | None = None) -> None:
    held = cohort.days[day - 1]
    team.now = max(team.now, held.ends_at)
    async with team.work() as work:
        await close_register(CloseRegister(cohort.id, day, minutes or held.minutes), work)


async def told(team: TeachingTeam) -> list[str]:
    kinds = {TrainingCompleted.type, TrainingExpired.type, TrainingWithdrawn.type}
    return [one.type.split(".")[3] for one in await team.told() if one.type in kinds]


async def test_it_counts_from_the_day_attended_and_is_told_on_the_day_of_the_answers(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan(starts=MAY)
    one = await teaching.book(cohort, 1)
    await teaching.held(cohort, [one])
    assert await told(teaching) == []

    teaching.now = datetime(2026, 5, 20, 10, tzinfo=UTC)
    await teaching.answers(one)
    await teaching.answers(one)

    [held] = await teaching.completions()
    assert (held.held_from, held.until_on) == (date(2026, 5, 12), date(2029, 5, 12))
    assert held.completed_at == teaching.now
    assert await told(teaching) == ["completed"]
    assert (await teaching.emails(one))[-1] == "certificate"


async def test_of_whom_works_in_another_teams_area_the_region_hears_which_and_no_id(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan(starts=MAY)
    one = await teaching.book(cohort, 1)
    async with teaching.engine.begin() as connection:
        await connection.execute(update(organisation).values(home_team="chester"))
    await teaching.held(cohort, [one])
    await teaching.answers(one)

    [body] = [told.body for told in await teaching.told(audience="region") if "training_completed" in told.type]
    assert body == {
        "month": "2026-05-01",
        "course": "IMH_PIR",
        "level": 1,
        "sector": "health_visiting",
        "profession": "health_visitor",
        "home_team": "chester",
    }


async def test_a_day_that_was_missed_is_caught_up_in_another_cohort_which_delivers_it(teaching: TeachingTeam) -> None:
    may, june = await teaching.plan(course=CHAMPION, starts=MAY), await teaching.plan(course=CHAMPION, starts=JUNE)
    first = await teaching.book(may, 1)
    await marks(teaching, first, may, 1, Mark(is_here=True))
    await closes(teaching, may, 1)
    await closes(teaching, may, 2)
    second = await teaching.book(june, 1)
    assert second.person_id == first.person_id
    await closes(teaching, june, 1)
    await marks(teaching, second, june, 2, Mark(is_here=True, late_minutes=30))
    await closes(teaching, june, 2)

    await teaching.answers(second)

    [held] = await teaching.completions()
    assert (held.attended_minutes, held.length_minutes) == (510, 540)
    assert (held.cohort_id, held.held_from) == (june.id, date(2026, 6, 16))
    assert (await teaching.state(first)).how is not PlaceEnd.DID_NOT_ATTEND


@pytest.mark.parametrize(("late", "completes"), [(108, True), (109, False)])
async def test_eighty_per_cent_is_enough_and_a_minute_less_is_not(
    teaching: TeachingTeam, late: int, completes: bool
) -> None:
    cohort = await teaching.plan(course=CHAMPION, starts=MAY)
    one = await teaching.book(cohort, 1)
    await marks(teaching, one, cohort, 1, Mark(is_here=True, late_minutes=late))
    await closes(teaching, cohort, 1)
    await marks(teaching, one, cohort, 2, Mark(is_here=True))
    await closes(teaching, cohort, 2)

    await teaching.answers(one)

    assert bool(await teaching.completions()) is completes


async def test_the_questions_can_be_waived_with_a_name_and_a_reason_but_attendance_cannot(
    teaching: TeachingTeam,
) -> None:
    cohort = await teaching.plan(starts=MAY)
    came, never = await teaching.book(cohort, 1), await teaching.book(cohort, 2)
    await teaching.held(cohort, [came])

    async with teaching.work() as work:
        await complete_training(CompleteTraining(came.person_id, cohort.course, "On long leave"), work)
        nothing = await complete_training(CompleteTraining(never.person_id, cohort.course, "Same"), work)

    [held] = await teaching.completions()
    assert held.waived_why == "On long leave"
    assert held.waived_by is not None
    assert nothing is None


async def test_it_expires_on_londons_day_once_and_not_when_it_was_renewed(teaching: TeachingTeam) -> None:
    await teaching.completed(10, starts=datetime(2026, 5, 12, tzinfo=LONDON), course=TrainingCourse.IG_ANNUAL)
    await teaching.completed(20, starts=datetime(2026, 5, 13, tzinfo=LONDON), course=TrainingCourse.IG_ANNUAL)
    await teaching.completed(10, starts=datetime(2027, 5, 4, tzinfo=LONDON), course=TrainingCourse.IG_ANNUAL)

    teaching.now = datetime(2027, 5, 11, 22, 59, tzinfo=UTC)
    assert await expire_trainings(teaching.units) == 0
    teaching.now = datetime(2027, 5, 19, tzinfo=UTC)  # the service was down for a week
    while await expire_trainings(teaching.units):
        pass

    assert await told(teaching) == ["completed"] * 3 + ["expired"]


async def test_london_is_an_hour_ahead_in_summer_when_a_training_ends(teaching: TeachingTeam) -> None:
    await teaching.completed(1, starts=datetime(2026, 7, 1, tzinfo=LONDON), course=TrainingCourse.IG_ANNUAL)

    teaching.now = datetime(2027, 6, 30, 22, 30, tzinfo=UTC)
    before = await expire_trainings(teaching.units)
    teaching.now = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)

    assert (before, await expire_trainings(teaching.units)) == (0, 1)
