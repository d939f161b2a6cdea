"""Nobody jumps the list, nobody is forgotten on it, and there are never more people than places."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.training.courses.database.cohorts import Cohorts
from services.training.courses.domain.cohort import Cohort, Filling, Reserved
from services.training.places.commands.accept_place import AcceptPlace, accept_place
from services.training.places.commands.book_place import BookPlace, book_place
from services.training.places.commands.call_off_cohort import CallOffCohort, call_off_cohort
from services.training.places.commands.change_cohort import ChangeCohort, change_cohort
from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.commands.move_place import MovePlace, move_place
from services.training.places.commands.move_up import MoveUp, move_up
from services.training.places.domain.booking import Booking, BookingState
from services.training.places.timers.lapse_offers import lapse_offers
from shared.contracts.training import PlaceBooked, PlaceEnded, PlaceMoved
from shared.contracts.training_codes import PlaceEnd
from shared.kernel.actor import public_form
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from tests.training.a_course import ALL_BOOKINGS, TeachingTeam, an_asker

LAST_MINUTE = datetime(2026, 3, 27, 16, tzinfo=UTC)


async def does(team: TeachingTeam, command: Callable[..., Awaitable[Any]], asked: Any) -> Any:
    async with team.work() as work:
        return await command(asked, work)


async def test_thirty_at_once_for_fourteen_places_are_fourteen_and_a_line_without_gap(teaching: TeachingTeam) -> None:
    cohort = await teaching.plan()

    await asyncio.gather(*(teaching.book(cohort, number) for number in range(30)))

    assert await teaching.counts(cohort) == (14, 0, 16)
    rows = await teaching.rows(ALL_BOOKINGS)
    assert [row.line for row in rows] == list(range(1, 31))
    assert [row.state for row in rows] == ["booked"] * 14 + ["waiting"] * 16


async def test_the_next_of_the_line_is_offered_a_place_and_who_comes_later_stands_behind(
    teaching: TeachingTeam,
) -> None:
    cohort, people = await teaching.full(waiting=2)

    await does(teaching, give_up_place, GiveUpPlace(people[0].id))
    late = await teaching.book(cohort, 99)

    states = [(await teaching.state(one)).state for one in (*people[14:], late)]
    assert states == [BookingState.OFFERED, BookingState.WAITING, BookingState.WAITING]
    assert await teaching.emails(people[14]) == ["waiting", "offer"]
    assert await teaching.emails(people[0]) == ["place", "given_up"]
    assert [one.type for one in await teaching.told()].count(PlaceEnded.type) == 1


async def test_full_at_book_keeps_the_form_and_says_which_number_it_would_be(teaching: TeachingTeam) -> None:
    cohort, _ = await teaching.full(waiting=2)

    with pytest.raises(RuleBroken, match="place_full") as refused:
        async with teaching.work(public_form()) as work:
            await book_place(BookPlace(new_id(), cohort.id, an_asker(50), may_wait=False), work)

    assert "number 3 on the waiting list" in refused.value.sentence
    assert await teaching.counts(cohort) == (14, 0, 2)


async def test_an_offer_that_nobody_answers_goes_to_the_next_by_itself(teaching: TeachingTeam) -> None:
    teaching.now = LAST_MINUTE
    cohort, people = await teaching.full(waiting=2)
    await does(teaching, give_up_place, GiveUpPlace(people[0].id))
    offered = await teaching.state(people[14])

    teaching.now = datetime(2026, 3, 31, 15, 59, tzinfo=UTC)
    assert await lapse_offers(teaching.units) == 0
    teaching.now = datetime(2026, 3, 31, 16, tzinfo=UTC)
    assert await lapse_offers(teaching.units) == 1
    assert await lapse_offers(teaching.units) == 0

    assert offered.offered_until == datetime(2026, 3, 31, 16, tzinfo=UTC)
    first, second = await teaching.state(people[14]), await teaching.state(people[15])
    assert (first.state, first.how, second.state) == (BookingState.ENDED, PlaceEnd.LAPSED, BookingState.OFFERED)
    assert await teaching.counts(cohort) == (13, 1, 0)


async def test_a_late_yes_is_taken_while_nobody_else_waits(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=1)
    await does(teaching, give_up_place, GiveUpPlace(people[0].id))
    teaching.now += timedelta(7)
    await lapse_offers(teaching.units)

    await does(teaching, accept_place, AcceptPlace(people[14].id))
    await does(teaching, accept_place, AcceptPlace(people[14].id))

    assert await teaching.counts(cohort) == (14, 0, 0)


async def test_a_late_yes_is_refused_when_the_place_went_on_also_before_the_timer_came(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=2)
    await does(teaching, give_up_place, GiveUpPlace(people[0].id))
    teaching.now += timedelta(7)

    with pytest.raises(RuleBroken, match="offer_gone"):
        await does(teaching, accept_place, AcceptPlace(people[14].id))
    await lapse_offers(teaching.units)
    with pytest.raises(RuleBroken, match="offer_gone"):
        await does(teaching, accept_place, AcceptPlace(people[14].id))

    assert await teaching.counts(cohort) == (13, 1, 0)


async def test_no_and_a_lapse_at_the_same_instant_promote_one(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=3)
    await does(teaching, give_up_place, GiveUpPlace(people[0].id))
    teaching.now += timedelta(7)

    await asyncio.gather(does(teaching, give_up_place, GiveUpPlace(people[14].id)), lapse_offers(teaching.units))

    assert await teaching.counts(cohort) == (13, 1, 1)


async def test_more_places_serve_the_line_before_the_public(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=3)
    await does(teaching, give_up_place, GiveUpPlace(people[0].id))

    await resize(teaching, cohort, 17)

    assert await teaching.counts(cohort) == (13, 3, 0)
    await teaching.book(cohort, 60)
    assert await teaching.counts(cohort) == (14, 3, 0), "one place was left for everybody"


async def test_fewer_places_throw_nobody_out_and_the_next_two_who_leave_promote_nobody(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=1)

    await resize(teaching, cohort, 12)
    counts = [await teaching.counts(cohort)]
    for one in people[:3]:
        await does(teaching, give_up_place, GiveUpPlace(one.id))
        counts.append(await teaching.counts(cohort))

    assert counts == [(14, 0, 1), (13, 0, 1), (12, 0, 1), (11, 1, 0)]


async def test_places_are_kept_for_an_organisation_until_a_day(teaching: TeachingTeam) -> None:
    nursery = await teaching.organisation("Kincraig Nursery")
    kept = Reserved(4, nursery, date(2026, 4, 1))
    cohort, people = await teaching.full(capacity=14, reserved=kept)
    assert await teaching.counts(cohort) == (10, 0, 4)

    theirs = await teaching.book(cohort, 70, workplace="Kincraig Nursery")
    assert theirs.state is BookingState.BOOKED
    teaching.now = datetime(2026, 4, 1, 7, tzinfo=UTC)
    await lapse_offers(teaching.units)

    assert await teaching.counts(cohort) == (11, 3, 1)
    assert people[10].state is BookingState.WAITING


async def test_who_moves_has_the_other_place_before_the_first_is_let_go(teaching: TeachingTeam) -> None:
    may, people = await teaching.full(waiting=1)
    june = await teaching.plan(starts=datetime(2026, 6, 15, tzinfo=UTC))

    moved = await does(teaching, move_place, MovePlace(people[0].id, june.id))

    assert (await teaching.counts(may), await teaching.counts(june)) == ((13, 1, 0), (1, 0, 0))
    assert (await teaching.state(people[0])).how is PlaceEnd.MOVED
    types = [one.type for one in await teaching.told() if one.subject in (people[0].id, moved.id)]
    assert types == [PlaceBooked.type, PlaceMoved.type], "neither a cancellation nor one more booking"


async def test_who_wants_to_move_to_a_full_course_keeps_their_place_and_waits(teaching: TeachingTeam) -> None:
    may, people = await teaching.full()
    june, others = await teaching.full(starts=datetime(2026, 6, 15, tzinfo=UTC), filling=Filling.AT_ONCE, capacity=2)
    # the same two people cannot be in both, so June is full with Ada 1 and 2, who let May go
    assert await teaching.counts(may) == (12, 0, 0)

    wanted = await does(teaching, move_place, MovePlace(people[5].id, june.id))
    assert (wanted.state, await teaching.counts(may)) == (BookingState.WAITING, (12, 0, 0))
    await does(teaching, give_up_place, GiveUpPlace(others[0].id))

    assert (await teaching.state(wanted)).state is BookingState.BOOKED
    assert (await teaching.counts(may), await teaching.counts(june)) == ((11, 0, 0), (2, 0, 0))


async def test_two_who_hold_what_the_other_wants_swap(teaching: TeachingTeam) -> None:
    may = await teaching.plan(capacity=1)
    june = await teaching.plan(capacity=1, starts=datetime(2026, 6, 15, tzinfo=UTC))
    p, q = await teaching.book(may, 1), await teaching.book(june, 2)

    waits = await does(teaching, move_place, MovePlace(p.id, june.id))
    swapped = await does(teaching, move_place, MovePlace(q.id, may.id))

    assert (await teaching.state(waits)).state is BookingState.BOOKED
    assert (await teaching.state(swapped)).state is BookingState.BOOKED
    assert (await teaching.counts(may), await teaching.counts(june)) == ((1, 0, 0), (1, 0, 0))


async def test_who_waits_for_several_dates_gives_up_the_others_when_one_comes(teaching: TeachingTeam) -> None:
    may = await teaching.plan(capacity=1)
    june = await teaching.plan(capacity=1, starts=datetime(2026, 6, 15, tzinfo=UTC))
    await teaching.book(may, 1)
    in_june = await teaching.book(june, 2)
    await teaching.book(may, 3, also=[june])
    assert (await teaching.counts(may), await teaching.counts(june)) == ((1, 0, 1), (1, 0, 1))

    await does(teaching, give_up_place, GiveUpPlace(in_june.id))
    [offered] = [row for row in await teaching.rows(ALL_BOOKINGS) if row.state == "offered"]
    await does(teaching, accept_place, AcceptPlace(offered.id))

    assert (await teaching.counts(may), await teaching.counts(june)) == ((1, 0, 0), (1, 0, 0))


async def test_to_be_moved_up_needs_a_reason_and_a_trainer_and_costs_nobody_a_place(teaching: TeachingTeam) -> None:
    _cohort, people = await teaching.full(waiting=2)

    with pytest.raises(NotAllowed):
        async with teaching.work(public_form()) as work:
            await move_up(MoveUp(people[15].id, "Leads the ward’s training"), work)
    await does(teaching, move_up, MoveUp(people[15].id, "Leads the ward’s training"))
    await does(teaching, give_up_place, GiveUpPlace(people[0].id))

    first, last = await teaching.state(people[15]), await teaching.state(people[14])
    assert (first.state, last.state) == (BookingState.OFFERED, BookingState.WAITING)
    assert first.why_moved_up == "Leads the ward’s training"


async def test_too_late_for_an_offer_the_place_stays_free_for_the_trainer_to_fill(teaching: TeachingTeam) -> None:
    cohort, people = await teaching.full(waiting=1)
    teaching.now = datetime(2026, 5, 29, 8, tzinfo=UTC)

    await does(teaching, give_up_place, GiveUpPlace(people[0].id))

    assert await teaching.counts(cohort) == (13, 0, 1)
    assert (await teaching.state(people[0])).how is PlaceEnd.CANCELLED
    late = await teaching.book(cohort, 80)
    assert late.state is BookingState.WAITING, "nobody jumps the list"


async def test_a_minute_before_the_start_is_late_and_after_it_the_register_says_who_came(
    teaching: TeachingTeam,
) -> None:
    cohort, people = await teaching.full()

    teaching.now = cohort.starts_at - timedelta(minutes=1)
    await does(teaching, give_up_place, GiveUpPlace(people[0].id))
    teaching.now = cohort.starts_at
    with pytest.raises(Conflict, match="cohort_begun"):
        await does(teaching, give_up_place, GiveUpPlace(people[1].id))

    assert (await teaching.state(people[0])).how is PlaceEnd.CANCELLED_LATE


async def test_every_way_out_of_a_place_hands_it_on_in_the_same_transaction(teaching: TeachingTeam) -> None:
    """The ways are those of `PlaceEnd`: whoever adds one says here that it hands the place on, or why not."""
    no_place = {
        PlaceEnd.LEFT_LIST: "they had none",
        PlaceEnd.CALLED_OFF: "nobody can have it",
        PlaceEnd.DID_NOT_ATTEND: "it is over",
        PlaceEnd.NEVER_FREE: "it is over",
    }
    ways: dict[PlaceEnd, Callable[[Cohort, list[Booking]], Awaitable[Any]]] = {
        PlaceEnd.CANCELLED: lambda _, people: does(teaching, give_up_place, GiveUpPlace(people[0].id)),
        PlaceEnd.CANCELLED_LATE: lambda _, people: does(teaching, give_up_place, GiveUpPlace(people[0].id)),
        PlaceEnd.DECLINED: _declines(teaching),
        PlaceEnd.LAPSED: _lapses(teaching),
        PlaceEnd.MOVED: _moves(teaching),
    }
    assert ways.keys() | no_place.keys() == set(PlaceEnd)

    for way, goes in ways.items():
        teaching.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
        cohort, people = await teaching.full(waiting=3, capacity=3, filling=Filling.AT_ONCE)
        if way in (PlaceEnd.DECLINED, PlaceEnd.LAPSED):
            await _offers_from_now_on(teaching, cohort)
        if way is PlaceEnd.CANCELLED_LATE:
            teaching.now = cohort.starts_at - timedelta(minutes=1)
        await goes(cohort, people)

        ended = [one.how for one in [await teaching.state(one) for one in people] if one.how]
        booked, offered, _ = await teaching.counts(cohort)
        assert way in ended
        assert booked + offered == 3, way
        await does(teaching, call_off_cohort, CallOffCohort(cohort.id, await _version(teaching, cohort))) if (
            teaching.now < cohort.starts_at
        ) else None


def _declines(team: TeachingTeam) -> Callable[[Cohort, list[Booking]], Awaitable[Any]]:
    async def declines(_: Cohort, people: list[Booking]) -> None:
        await does(team, give_up_place, GiveUpPlace(people[0].id))
        await does(team, give_up_place, GiveUpPlace(people[3].id))

    return declines


def _lapses(team: TeachingTeam) -> Callable[[Cohort, list[Booking]], Awaitable[Any]]:
    async def lapses(_: Cohort, people: list[Booking]) -> None:
        await does(team, give_up_place, GiveUpPlace(people[0].id))
        team.now += timedelta(7)
        await lapse_offers(team.units)

    return lapses


def _moves(team: TeachingTeam) -> Callable[[Cohort, list[Booking]], Awaitable[Any]]:
    async def moves(_: Cohort, people: list[Booking]) -> None:
        other = await team.plan(starts=datetime(2026, 6, 15, tzinfo=UTC))
        await does(team, move_place, MovePlace(people[0].id, other.id))

    return moves


async def _offers_from_now_on(team: TeachingTeam, cohort: Cohort) -> None:
    stored = await _stored(team, cohort)
    await does(team, change_cohort, ChangeCohort(replace(stored, filling=Filling.OFFER)))


async def _version(team: TeachingTeam, cohort: Cohort) -> int:
    return (await _stored(team, cohort)).version


async def _stored(team: TeachingTeam, cohort: Cohort) -> Cohort:
    async with team.work() as work:
        return await Cohorts(work).get(cohort.id)


async def resize(team: TeachingTeam, cohort: Cohort, capacity: int) -> None:
    await does(team, change_cohort, ChangeCohort(replace(await _stored(team, cohort), capacity=capacity)))
