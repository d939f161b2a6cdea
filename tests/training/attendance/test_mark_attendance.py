"""The register says who came, on the day itself and when it is put right later."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from services.training.attendance.commands.close_register import CloseRegister, close_register
from services.training.attendance.commands.mark_attendance import MarkAttendance, mark_attendance
from services.training.attendance.database.registers import Mark
from services.training.courses.domain.cohort import Cohort
from services.training.places.domain.booking import Booking, BookingState
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


async def test_nobody_is_absent_before_the_register_is_closed_and_a_correction_puts_it_right(
    teaching: TeachingTeam,
) -> None:
    cohort = await teaching.plan(starts=MAY)
    one = await teaching.book(cohort, 1)
    teaching.now = cohort.days[0].ends_at + timedelta(days=3)
    before = (await teaching.state(one)).state
    await closes(teaching, cohort, 1)
    absent = await teaching.state(one)

    await marks(teaching, one, cohort, 1, Mark(is_here=True))
    await teaching.answers(one)

    assert before is BookingState.BOOKED
    assert absent.how is PlaceEnd.DID_NOT_ATTEND
    assert (await teaching.state(one)).state is BookingState.BOOKED
    [held] = await teaching.completions()
    assert held.held_from == date(2026, 5, 12), "of the day itself"


async def test_the_register_opens_on_the_day_itself(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan(starts=MAY)
    one = await teaching.book(cohort, 1)

    with pytest.raises(RuleBroken, match="register_early"):
        async with teaching.work() as work:
            await mark_attendance(MarkAttendance(one.id, 1, Mark(is_here=True)), work)
    assert replace(one) == await teaching.state(one)
