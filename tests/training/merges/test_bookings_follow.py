"""Somebody who is twice on the register booked one course twice."""

from sqlalchemy import insert, select, update

from services.training.database.course_tables import attendance, booking
from services.training.merges.commands.merge_people import MergePeople, merge_people
from services.training.merges.commands.undo_people_merge import UndoPeopleMerge, undo_people_merge
from services.training.places.domain.booking import Booking, BookingState
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from tests.training.a_course import TeachingTeam
from tests.training.conftest import ANN

LEAD = Actor(ANN.id, ANN.roles)
BOOKED, OFFERED, ENDED = BookingState.BOOKED, BookingState.OFFERED, BookingState.ENDED


async def joins(team: TeachingTeam, retired: Booking, kept: Booking) -> MergePeople:
    command = MergePeople(new_id(), retired.person_id, kept.person_id, "She told us.")
    async with team.work(LEAD) as work:
        await merge_people(command, work)
    return command


async def test_one_place_is_free_and_whoever_waits_is_offered_it_at_once(teaching: TeachingTeam) -> None:
    _, (first, second, waits) = await teaching.full(waiting=1, capacity=2)

    await joins(teaching, second, first)

    states = [(await teaching.state(one)).state for one in (first, second, waits)]
    assert states == [BOOKED, ENDED, OFFERED]


async def test_the_surer_place_stays_whichever_record_is_kept(teaching: TeachingTeam) -> None:
    _, (_, placed, waits) = await teaching.full(waiting=1, capacity=2)

    await joins(teaching, placed, waits)

    assert (await teaching.state(placed)).state is BOOKED
    assert (await teaching.state(placed)).person_id == waits.person_id
    assert (await teaching.state(waits)).state is ENDED


async def test_parted_again_both_have_their_places_and_the_course_is_over_by_one(teaching: TeachingTeam) -> None:
    cohort, (first, second, waits) = await teaching.full(waiting=1, capacity=2)
    command = await joins(teaching, second, first)
    async with teaching.work(LEAD) as work:
        await undo_people_merge(UndoPeopleMerge(command.merge_id), work)

    states = [(await teaching.state(one)).state for one in (first, second, waits)]
    assert states == [BOOKED, BOOKED, OFFERED]
    assert await teaching.counts(cohort) == (2, 1, 0)


async def test_whoever_was_there_by_one_of_the_two_was_there(teaching: TeachingTeam) -> None:
    _, (first, second) = await teaching.full(capacity=2)
    marked = {"day": 1, "late_minutes": 0, "early_minutes": 0, "marked_at": teaching.now, "marked_by": new_id()}
    async with teaching.work() as work:
        rows = [{"booking_id": one.id, "is_here": one is second, **marked} for one in (first, second)]
        await work.session.execute(insert(attendance), rows)

    await joins(teaching, second, first)

    async with teaching.work() as work:
        was = await work.session.scalar(select(attendance.c.is_here).where(attendance.c.booking_id == first.id))
    assert was is True


async def test_a_booking_of_another_course_follows_and_goes_back(teaching: TeachingTeam) -> None:
    first, second = [await teaching.book(await teaching.plan(), number) for number in (1, 2)]
    async with teaching.work() as work:
        await work.session.execute(update(booking).where(booking.c.id == second.id).values(needs="A ramp"))

    command = await joins(teaching, second, first)
    joined = (await teaching.state(second)).person_id
    async with teaching.work(LEAD) as work:
        await undo_people_merge(UndoPeopleMerge(command.merge_id), work)

    assert (joined, (await teaching.state(second)).person_id) == (first.person_id, second.person_id)
