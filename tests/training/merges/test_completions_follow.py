"""What two records of one person have learned together is theirs, and is not when they are two people after all."""

from uuid import UUID

from sqlalchemy import select, update

from services.training.attendance.commands.close_register import CloseRegister, close_register
from services.training.attendance.commands.mark_attendance import MarkAttendance, mark_attendance
from services.training.attendance.database.registers import Mark
from services.training.certificates.timers.tell_holders import tell_holders
from services.training.courses.domain.cohort import Cohort
from services.training.database.course_tables import certificate
from services.training.database.workforce_tables import person
from services.training.merges.commands.merge_people import MergePeople, merge_people
from services.training.merges.commands.undo_people_merge import UndoPeopleMerge, undo_people_merge
from services.training.places.domain.booking import Booking
from shared.contracts.training_codes import TrainingCourse
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from tests.training.a_course import LEAD, TeachingTeam
from tests.training.certificates.test_complete_training import CHAMPION, JUNE, MAY


async def attends(team: TeachingTeam, one: Booking, cohort: Cohort, day: int) -> None:
    team.now = max(team.now, cohort.days[day - 1].ends_at)
    async with team.work() as work:
        await mark_attendance(MarkAttendance(one.id, day, Mark(is_here=True)), work)
        await close_register(CloseRegister(cohort.id, day, cohort.days[day - 1].minutes), work)


async def merges(team: TeachingTeam, retired: UUID, kept: UUID) -> UUID:
    one = MergePeople(new_id(), retired, kept, "She told us.")
    async with team.work(Actor(LEAD.id, LEAD.roles)) as work:
        await merge_people(one, work)
    return one.merge_id


async def parts(team: TeachingTeam, merge_id: UUID) -> None:
    async with team.work(Actor(LEAD.id, LEAD.roles)) as work:
        await undo_people_merge(UndoPeopleMerge(merge_id), work)


async def test_a_day_of_each_record_makes_a_course_complete_until_they_are_parted(teaching: TeachingTeam) -> None:
    may, june = await teaching.plan(course=CHAMPION, starts=MAY), await teaching.plan(course=CHAMPION, starts=JUNE)
    first, second = await teaching.book(may, 1), await teaching.book(june, 2)
    await attends(teaching, first, may, 1)
    await attends(teaching, second, june, 2)
    await teaching.answers(second)
    assert await teaching.completions() == []

    merge_id = await merges(teaching, first.person_id, second.person_id)

    [held] = await teaching.completions()
    assert (held.person_id, held.withdrawn_at, held.cohort_id) == (second.person_id, None, june.id)
    await parts(teaching, merge_id)
    [held] = await teaching.completions()
    assert held.withdrawn_at is not None
    [paper] = await teaching.rows(select(certificate))
    assert paper.withdrawn_on == teaching.now.date()


async def test_what_each_has_completed_is_theirs_again_and_referral_is_told_whose_it_is(teaching: TeachingTeam) -> None:
    await teaching.completed(1)
    await teaching.completed(5, course=TrainingCourse.IG_ANNUAL)
    first, second = await teaching.completions()
    account = new_id()
    async with teaching.engine.begin() as connection:
        await connection.execute(update(person).where(person.c.id == second.person_id).values(colleague_id=account))
    assert await told_holders(teaching) == [str(account)]

    merge_id = await merges(teaching, first.person_id, second.person_id)
    assert await told_holders(teaching) == [str(account)] * 2
    await parts(teaching, merge_id)

    assert await told_holders(teaching) == [str(account), str(account), None]
    assert [one.person_id for one in await teaching.completions()] == [first.person_id, second.person_id]
    assert await tell_holders(teaching.units) == 0


async def told_holders(team: TeachingTeam) -> list[str | None]:
    while await tell_holders(team.units):
        pass
    return [row.body["colleague_id"] for row in await team.told() if row.type.endswith("holder_changed.v1")]
