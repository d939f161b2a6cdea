"""Nobody is forgotten on the list: every way out of a place hands it on."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.training.courses.domain.cohort import Cohort, Filling
from services.training.places.commands.call_off_cohort import CallOffCohort, call_off_cohort
from services.training.places.commands.change_cohort import ChangeCohort, change_cohort
from services.training.places.commands.give_up_place import GiveUpPlace, give_up_place
from services.training.places.commands.move_place import MovePlace, move_place
from services.training.places.domain.booking import Booking, BookingState
from services.training.places.timers.lapse_offers import lapse_offers
from shared.contracts.training_codes import PlaceEnd
from tests.training.a_course import TeachingTeam

LAST_MINUTE = datetime(2026, 3, 27, 16, tzinfo=UTC)


async def test_an_offer_that_nobody_answers_goes_to_the_next_by_itself(teaching: TeachingTeam) -> None:
    teaching.now = LAST_MINUTE
    cohort, people = await teaching.full(waiting=2)
    await teaching.does(give_up_place, GiveUpPlace(people[0].id))
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


async def test_every_way_out_of_a_place_hands_it_on_in_the_same_transaction(teaching: TeachingTeam) -> None:
    """The ways are those of `PlaceEnd`: whoever adds one says here that it hands the place on, or why not."""
    no_place = {
        PlaceEnd.LEFT_LIST: "they had none",
        PlaceEnd.CALLED_OFF: "nobody can have it",
        PlaceEnd.DID_NOT_ATTEND: "it is over",
        PlaceEnd.NEVER_FREE: "it is over",
    }
    ways: dict[PlaceEnd, Callable[[Cohort, list[Booking]], Awaitable[Any]]] = {
        PlaceEnd.CANCELLED: lambda _, people: teaching.does(give_up_place, GiveUpPlace(people[0].id)),
        PlaceEnd.CANCELLED_LATE: lambda _, people: teaching.does(give_up_place, GiveUpPlace(people[0].id)),
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
        await teaching.does(call_off_cohort, CallOffCohort(cohort.id, (await teaching.stored(cohort)).version)) if (
            teaching.now < cohort.starts_at
        ) else None


def _declines(team: TeachingTeam) -> Callable[[Cohort, list[Booking]], Awaitable[Any]]:
    async def declines(_: Cohort, people: list[Booking]) -> None:
        await team.does(give_up_place, GiveUpPlace(people[0].id))
        await team.does(give_up_place, GiveUpPlace(people[3].id))

    return declines


def _lapses(team: TeachingTeam) -> Callable[[Cohort, list[Booking]], Awaitable[Any]]:
    async def lapses(_: Cohort, people: list[Booking]) -> None:
        await team.does(give_up_place, GiveUpPlace(people[0].id))
        team.now += timedelta(7)
        await lapse_offers(team.units)

    return lapses


def _moves(team: TeachingTeam) -> Callable[[Cohort, list[Booking]], Awaitable[Any]]:
    async def moves(_: Cohort, people: list[Booking]) -> None:
        other = await team.plan(starts=datetime(2026, 6, 15, tzinfo=UTC))
        await team.does(move_place, MovePlace(people[0].id, other.id))

    return moves


async def _offers_from_now_on(team: TeachingTeam, cohort: Cohort) -> None:
    stored = await team.stored(cohort)
    await team.does(change_cohort, ChangeCohort(replace(stored, filling=Filling.OFFER)))
