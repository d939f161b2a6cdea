"""A day is over."""

from datetime import datetime

import pytest

from services.training.attendance.commands.close_register import CloseRegister, close_register
from services.training.attendance.commands.mark_attendance import MarkAttendance, mark_attendance
from services.training.attendance.database.registers import Mark
from services.training.courses.domain.cohort import Cohort
from services.training.places.domain.booking import Booking
from shared.contracts.training_codes import PlaceEnd, TrainingCourse
from shared.kernel.clock import LONDON
from shared.kernel.errors import RuleBroken
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


async def test_a_day_that_ended_early_is_shorter_for_everyone(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan(course=CHAMPION, starts=MAY)
    one = await teaching.book(cohort, 1)
    for day in (1, 2):
        await marks(teaching, one, cohort, day, Mark(is_here=True))
    await closes(teaching, cohort, 1)
    await closes(teaching, cohort, 2, minutes=150)

    await teaching.answers(one)

    [held] = await teaching.completions()
    assert (held.attended_minutes, held.length_minutes) == (510, 510)


async def test_closed_twice_it_is_closed_once_and_not_before_its_day(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan(starts=MAY)
    with pytest.raises(RuleBroken, match="register_early"):
        await teaching.does(close_register, CloseRegister(cohort.id, 1, 360))

    for _ in range(2):
        await closes(teaching, cohort, 1)

    assert (await teaching.stored(cohort)).is_over


async def test_who_waited_to_the_end_waits_no_longer(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(starts=MAY, capacity=1, waiting=1)

    await teaching.held(cohort, people[:1])

    assert (await teaching.state(people[1])).how is PlaceEnd.NEVER_FREE
