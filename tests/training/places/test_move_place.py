"""Somebody wants other dates."""

from datetime import UTC, datetime

from services.training.courses.domain.cohort import Filling
from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.commands.move_place import MovePlace, move_place
from services.training.places.domain.booking import BookingState
from shared.contracts.training import PlaceBooked, PlaceMoved
from shared.contracts.training_codes import PlaceEnd
from tests.training.a_course import TeachingTeam

LAST_MINUTE = datetime(2026, 3, 27, 16, tzinfo=UTC)


async def test_who_moves_has_the_other_place_before_the_first_is_let_go(teaching: TeachingTeam) -> None:
    may, people = await teaching.full(waiting=1)
    june = await teaching.plan(starts=datetime(2026, 6, 15, tzinfo=UTC))

    moved = await teaching.does(move_place, MovePlace(people[0].id, june.id))

    assert (await teaching.counts(may), await teaching.counts(june)) == ((13, 1, 0), (1, 0, 0))
    assert (await teaching.state(people[0])).how is PlaceEnd.MOVED
    types = [one.type for one in await teaching.told() if one.subject in (people[0].id, moved.id)]
    assert types == [PlaceBooked.type, PlaceMoved.type], "neither a cancellation nor one more booking"


async def test_who_wants_to_move_to_a_full_course_keeps_their_place_and_waits(teaching: TeachingTeam) -> None:
    may, people = await teaching.full()
    june, others = await teaching.full(starts=datetime(2026, 6, 15, tzinfo=UTC), filling=Filling.AT_ONCE, capacity=2)
    # the same two people cannot be in both, so June is full with Ada 1 and 2, who let May go
    assert await teaching.counts(may) == (12, 0, 0)

    wanted = await teaching.does(move_place, MovePlace(people[5].id, june.id))
    assert (wanted.state, await teaching.counts(may)) == (BookingState.WAITING, (12, 0, 0))
    await teaching.does(give_up_place, GiveUpPlace(others[0].id))

    assert (await teaching.state(wanted)).state is BookingState.BOOKED
    assert (await teaching.counts(may), await teaching.counts(june)) == ((11, 0, 0), (2, 0, 0))


async def test_two_who_hold_what_the_other_wants_swap(teaching: TeachingTeam) -> None:
    may = await teaching.plan(capacity=1)
    june = await teaching.plan(capacity=1, starts=datetime(2026, 6, 15, tzinfo=UTC))
    p, q = await teaching.book(may, 1), await teaching.book(june, 2)

    waits = await teaching.does(move_place, MovePlace(p.id, june.id))
    swapped = await teaching.does(move_place, MovePlace(q.id, may.id))

    assert (await teaching.state(waits)).state is BookingState.BOOKED
    assert (await teaching.state(swapped)).state is BookingState.BOOKED
    assert (await teaching.counts(may), await teaching.counts(june)) == ((1, 0, 0), (1, 0, 0))
